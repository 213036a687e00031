"""Registers feedback among the tables that can be imported at the desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from surveys.imports.kinds import Choice, Kind, register
from voc.intake.import_table import FeedbackImport
from voc.models import Feedback

FEEDBACK = Kind(
    key="feedback",
    name=_("Feedback"),
    title=_("Import feedback"),
    help_text=_(
        "Reviews, tickets or posts, one a row. The first row names the columns: text, date, id and "
        "email, or 本文, 日付, 管理番号 and メールアドレス."
    ),
    choice=Choice("channel", _("Channel by which it came in"), Feedback.Channel.choices),
    make=FeedbackImport,
    model="voc.feedback",
    permissions=("voc.add_feedback",),
)
register(FEEDBACK)
