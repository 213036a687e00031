from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from lib.tables.read import Unreadable, read
from voc.intake import capture
from voc.intake.capture import Captured
from voc.intake.import_table import NAMES, Columns, Import, MissingColumn
from voc.models import Feedback


class Command(BaseCommand):
    help = "Take in reviews, tickets or posts from a CSV or TSV file. Doing it again is safe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--channel", required=True, choices=Feedback.Channel.values)
        for name, help in {
            "text": "the column of what they said",
            "id": "the column of ids; without one, the words themselves tell rows apart",
            "date": "the column of when they said it; without one, now",
            "email": "the column of addresses; customers we know are linked",
        }.items():
            parser.add_argument(f"--{name}", metavar="COLUMN", help=f"{help} ({NAMES[name][0]}, …)")
        parser.add_argument("--delimiter", help="seen from the header unless it is given")
        parser.add_argument(
            "--quoting",
            choices=["double", "none"],
            default="double",
            help="none: a quotation mark is only a mark, and a backslash escapes what follows",
        )

    def handle(self, *args: Any, file: Path, channel: str, **options: Any) -> None:
        """Ends with status 1 when a row was refused, or the file could not be read to its end."""
        begun = monotonic()
        try:
            with file.open("rb") as opened:
                sheet = read(
                    opened,
                    delimiter=_delimiter(options["delimiter"]),
                    quoting=options["quoting"],
                )
                incoming = Import(sheet, Columns.of(sheet, options), timezone.now())
                count = self._take_in(incoming, channel)
        except OSError as error:
            raise CommandError(str(error)) from error
        except (Unreadable, MissingColumn) as error:
            raise CommandError(f"{file}: {error}") from error
        self._report(count, incoming, monotonic() - begun)

    def _take_in(self, incoming: Import, channel: str) -> Captured:
        count = Captured()
        for batch in capture.capture_all(incoming.incomings(), channel=channel):
            count += batch
            if self.stderr.isatty():
                self.stderr.write(_("%(n)d rows so far …") % {"n": count.total}, ending="\r")
        return count

    def _report(self, count: Captured, incoming: Import, seconds: float) -> None:
        for told in incoming.refused:
            self.stderr.write(told)
        numbers = {**asdict(count), "refused": len(incoming.refused), "seconds": f"{seconds:.1f}"}
        self.stdout.write(
            _(
                "%(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused "
                "in %(seconds)s s"
            )
            % numbers
        )
        if incoming.stopped:
            raise CommandError(incoming.stopped)
        if incoming.refused:
            raise CommandError(_("Some rows were refused; correct them and import the file again."))


def _delimiter(given: str | None) -> str | None:
    """A shell passes a tab as two characters."""
    return "\t" if given in ("\\t", "tab") else given
