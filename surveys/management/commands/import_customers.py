"""manage.py import_customers FILE: import customers from a table."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from lib import languages
from lib.tables.import_command import ImportCommand
from lib.tables.import_rows import ImportResult
from surveys.customers.import_table import import_customers

HELP = """\
Add customers from a CSV or TSV file, or update those whose address is known.

The first row names the columns: email (メールアドレス), name (氏名) and language (言語), in
Japanese or English; any other column becomes an attribute. The file may be UTF-8 or Shift_JIS. An
empty cell leaves what is known as it is. Importing the same file again changes nothing.

Good rows are taken in even when others are refused; each refused row is told with its number.
Ends with status 1 when a row was refused or the file could not be read to its end, else with 0.
"""


class Command(ImportCommand):
    help = HELP

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument(
            "--language",
            choices=list(languages.LANGUAGES),
            default=languages.DEFAULT,
            help="for new customers whose row does not say (default: %(default)s)",
        )

    def import_table(self, file: BinaryIO, **options: Any) -> ImportResult:
        return import_customers(file, language=options["language"], progress=self.show_progress)

    def summary(self, numbers: dict[str, Any]) -> str:
        return (
            _("%(added)d added, %(updated)d updated, %(unchanged)d unchanged, %(refused)d refused")
            % numbers
        )
