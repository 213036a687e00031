"""manage.py import_customers FILE"""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lib import languages
from lib.tables.read import Unreadable
from surveys.customers import import_table
from surveys.customers.import_table import Imported

HELP = """\
Add customers from a CSV or TSV file, or update those whose address is known.

The first row names the columns: email (メールアドレス), name (氏名) and language (言語), in
Japanese or English; any other column becomes an attribute. The file may be UTF-8 or Shift_JIS. An
empty cell leaves what is known as it is. Importing the same file again changes nothing.

Good rows are taken in even when others are refused; each refused row is told with its number.
Ends with status 1 when a row was refused or the file could not be read to its end, else with 0.
"""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--language",
            choices=list(languages.LANGUAGES),
            default=languages.DEFAULT,
            help="for new customers whose row does not say (default: %(default)s)",
        )

    def handle(self, *args: Any, file: Path, language: str, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                imported = import_table.import_customers(
                    opened, language=language, progress=self._tell_how_far
                )
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        self._report(imported)

    def _tell_how_far(self, so_far: Imported) -> None:
        if so_far.seen % 5000 == 0:
            self.stderr.write(_("%(n)d rows so far …") % {"n": so_far.seen})

    def _report(self, imported: Imported) -> None:
        for refused in imported.refused:
            self.stderr.write(str(refused))
        self.stdout.write(
            _("%(added)d added, %(updated)d updated, %(unchanged)d unchanged, %(refused)d refused")
            % imported.counts()
        )
        if imported.stopped:
            raise CommandError(imported.stopped)
        if imported.refused:
            raise CommandError(_("Some rows were refused; correct them and import the file again."))
