"""Registers feedback among the tables that can be imported at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from lib.tables.read import Sheet
from surveys.imports.kinds import Choice, Kind, register
from voc.intake.import_table import FeedbackImport
from voc.intake.read_feedback import TRANSCRIPTS, Transcript, read_feedback
from voc.intake.transcript_import import TranscriptImport
from voc.models import Feedback


def import_of(sheet: Sheet, **options: Any) -> FeedbackImport | TranscriptImport:
    """The import of what was read: a meeting, an export that we know, or any other table."""
    if isinstance(sheet, Transcript):
        return TranscriptImport(sheet, **options)
    return FeedbackImport(sheet, **options)


FEEDBACK = Kind(
    key="feedback",
    name=_("Feedback"),
    title=_("Import feedback"),
    help_text=_(
        "Reviews, tickets or posts, one a row. The first row names the columns: text, date, id and "
        "email, or 本文, 日付, 管理番号 and メールアドレス. Exports of Google Play, the App Store, "
        "Amazon, 楽天市場, Zendesk, Intercom and Freshdesk are known as they are, and so are "
        "transcripts of meetings (.vtt, .srt, .txt)."
    ),
    choice=Choice("channel", _("Channel by which it came in"), Feedback.Channel.choices),
    make=import_of,
    model="voc.feedback",
    permissions=("voc.add_feedback",),
    read=read_feedback,
    accepted=TRANSCRIPTS,
)
register(FEEDBACK)
