"""manage.py import_feedback FILE --channel CHANNEL"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lib.tables.import_command import ImportCommand
from lib.tables.read import Sheet, UnreadableTable
from voc.intake.import_table import FeedbackImport
from voc.intake.read_feedback import A_TABLE, Transcript, read_feedback
from voc.models import Feedback


class Command(ImportCommand):
    help = "Take in reviews, tickets or posts from a table. Doing it again is safe."
    columns = {
        "text": "the column of what they said",
        "id": "the column of ids; without one, the words themselves tell rows apart",
        "date": "the column of when they said it; without one, now",
        "time": "the column of the time of day, where the date has none",
        "email": "the column of addresses; customers we know are linked",
    }

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--channel", required=True, choices=Feedback.Channel.values)
        parser.add_argument(
            "--plain",
            action="store_const",
            const=A_TABLE,
            dest="read_as",
            default="",
            help="read an export that we know as a table like any other",
        )

    def read(self, file: BinaryIO, options: Mapping[str, Any]) -> Sheet:
        return read_feedback(file, options)

    def table_import(self, sheet: Sheet, **options: Any) -> FeedbackImport:
        if isinstance(sheet, Transcript):
            raise UnreadableTable(
                _(
                    "This is the transcript of a meeting. Please upload it at the desk, where it "
                    "is asked which speakers are customers, and whether they have agreed."
                )
            )
        return FeedbackImport(
            sheet,
            channel=options["channel"],
            now=timezone.now(),
            chosen=options["chosen"],
            date_form=options["date_form"],
            zone=options["zone"],
            read_as=options["read_as"],
        )

    def summary(self, numbers: dict[str, Any]) -> str:
        counts = (
            _(
                "%(added)d new, %(updated)d changed, %(unchanged)d unchanged, %(refused)d refused "
                "in %(seconds)s s"
            )
            % numbers
        )
        if not numbers["empty"]:
            return counts
        return f"{without_words(numbers['empty'])}\n{counts}"


def without_words(n: int) -> str:
    return ngettext("%(n)d row without words", "%(n)d rows without words", n) % {"n": n}
