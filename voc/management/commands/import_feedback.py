"""manage.py import_feedback FILE --channel CHANNEL"""

from __future__ import annotations

from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from lib.tables.import_command import ImportCommand
from lib.tables.import_rows import ImportResult
from lib.tables.read import read_table
from voc.intake.import_table import COLUMN_NAMES, import_feedback
from voc.models import Feedback


class Command(ImportCommand):
    help = "Take in reviews, tickets or posts from a CSV or TSV file. Doing it again is safe."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--channel", required=True, choices=Feedback.Channel.values)
        for name, help in {
            "text": "the column of what they said",
            "id": "the column of ids; without one, the words themselves tell rows apart",
            "date": "the column of when they said it; without one, now",
            "email": "the column of addresses; customers we know are linked",
        }.items():
            parser.add_argument(
                f"--{name}", metavar="COLUMN", help=f"{help} ({COLUMN_NAMES[name][0]}, …)"
            )
        parser.add_argument("--delimiter", help="seen from the header unless it is given")
        parser.add_argument(
            "--quoting",
            choices=["double", "none"],
            default="double",
            help="none: a quotation mark is only a mark, and a backslash escapes what follows",
        )

    def import_table(self, file: BinaryIO, **options: Any) -> ImportResult:
        delimiter = _delimiter(options["delimiter"])
        sheet = read_table(file, delimiter=delimiter, quoting=options["quoting"])
        return import_feedback(
            sheet,
            channel=options["channel"],
            now=timezone.now(),
            chosen={column: options[column] for column in COLUMN_NAMES},
            progress=self.show_progress,
        )

    def summary(self, numbers: dict[str, Any]) -> str:
        return (
            _(
                "%(added)d new, %(updated)d changed, %(unchanged)d unchanged, %(refused)d refused "
                "in %(seconds)s s"
            )
            % numbers
        )


def _delimiter(given: str | None) -> str | None:
    """The delimiter as one character: a shell passes a tab as two."""
    return "\t" if given in ("\\t", "tab") else given
