"""manage.py import_customers FILE: import customers from a table."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from lib import languages
from lib.tables.import_command import ImportCommand
from lib.tables.read import Sheet
from surveys.customers.import_table import CustomerImport

HELP = """\
Add customers from a table, or update those whose address is known.

The first row names the columns: email (メールアドレス), name (氏名) and language (言語), in
Japanese or English, as people and other tools call them; any other column becomes an attribute.
An empty cell leaves what is known as it is. Importing the same file again changes nothing.

Good rows are taken in even when others are refused; each refused row is told with its number.
Ends with status 1 when a row was refused or the file could not be read to its end, else with 0.
"""


class Command(ImportCommand):
    help = HELP
    columns = {
        "email": "the column of addresses",
        "name": "the column of whole names",
        "family_name": "the column of family names",
        "given_name": "the column of given names",
        "language": "the column of languages",
        "opted_out": 'the column that tells who wants no mail; an empty name (""): there is none',
    }

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--language",
            choices=list(languages.LANGUAGES),
            default=languages.DEFAULT,
            help="for new customers whose row does not say (default: %(default)s)",
        )

    def flag(self, option: str) -> str:
        return "--language-column" if option == "language" else super().flag(option)

    def table_import(self, sheet: Sheet, **options: Any) -> CustomerImport:
        return CustomerImport(
            sheet,
            language=options["language"],
            now=timezone.now(),
            chosen=options["chosen"],
            date_form=options["date_form"],
            zone=options["zone"],
        )

    def summary(self, numbers: dict[str, Any]) -> str:
        return (
            _("%(added)d added, %(updated)d updated, %(unchanged)d unchanged, %(refused)d refused")
            % numbers
        )
