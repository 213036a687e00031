"""What the home page counts: the work that waits in all rooms, and what came of today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lib.desk.pages import in_words
from lib.mail.outbox import OutboxMail
from reports.models import Fix, Notice
from surveys.imports.kinds import kinds_seen_by
from surveys.models import Import, Invitation
from surveys.questions.nps import DETRACTOR
from voc.admin.feedback.filters import midnight
from voc.models import Case, Feedback, Theme

REFUSED, UNCERTAIN = OutboxMail.Outcome.REFUSED, OutboxMail.Outcome.UNCERTAIN
Rows = Callable[[User], QuerySet[Any]]


@dataclass(frozen=True)
class WorkList:
    """Rows that somebody should look at. `words` counts them; `query` filters their page, where
    {me} is the id of whoever looks. What `cannot_wait` is marked."""

    kind: str
    query: str
    rows: Rows
    words: Any
    cannot_wait: bool = False

    def may_be_seen_by(self, me: User) -> bool:
        room, kind = self.kind.split("_")
        return me.has_perm(f"{room}.view_{kind}")

    def said_of(self, n: int) -> str:
        """The sentence for so many rows; of very many it says only that there are more."""
        return str(self.words % {"n": n}).replace(str(n), in_words(n), 1)

    def link(self, me: User) -> str:
        return reverse(f"admin:{self.kind}_changelist") + self.query.format(me=me.pk)


class ImportList(WorkList):
    """Imports, which whoever sees what is imported may see."""

    def may_be_seen_by(self, me: User) -> bool:
        return bool(kinds_seen_by(me))


def _imports_set_aside(me: User) -> QuerySet[Any]:
    return Import.objects.of_kinds([kind.key for kind in kinds_seen_by(me)]).set_aside()


WORK_LISTS = [
    WorkList(
        "voc_case",
        "?pile=overdue&owner={me}",
        lambda me: Case.objects.overdue(timezone.now()).owned_by(me),
        ngettext_lazy("%(n)d case of yours is overdue", "%(n)d cases of yours are overdue", "n"),
        cannot_wait=True,
    ),
    WorkList(
        "voc_case",
        "?pile=open&owner={me}",
        lambda me: Case.objects.open().owned_by(me),
        ngettext_lazy("%(n)d case of yours waits for us", "%(n)d cases of yours wait for us", "n"),
    ),
    WorkList(
        "voc_case",
        f"?pile=unassigned&band={DETRACTOR}",
        lambda me: Case.objects.unassigned().from_band(DETRACTOR),
        ngettext_lazy(
            "%(n)d case of a detractor has no owner",
            "%(n)d cases of detractors have no owner",
            "n",
        ),
        cannot_wait=True,
    ),
    WorkList(
        "voc_case",
        "?pile=overdue",
        lambda me: Case.objects.overdue(timezone.now()),
        ngettext_lazy("%(n)d case is overdue", "%(n)d cases are overdue", "n"),
        cannot_wait=True,
    ),
    WorkList(
        "voc_feedback",
        "?pile=new",
        lambda me: Feedback.objects.open().in_status(Feedback.Status.NEW),
        ngettext_lazy(
            "%(n)d new item that nobody has taken on",
            "%(n)d new items that nobody has taken on",
            "n",
        ),
    ),
    WorkList(
        "voc_feedback",
        "",
        lambda me: Feedback.objects.open(),
        ngettext_lazy("%(n)d item to look after", "%(n)d items to look after", "n"),
    ),
    WorkList(
        "voc_feedback",
        "?urgency=any",
        lambda me: Feedback.objects.open().urgent(),
        ngettext_lazy("%(n)d of them cannot wait", "%(n)d of them cannot wait", "n"),
    ),
    WorkList(
        "voc_feedback",
        "?pile=mine",
        lambda me: Feedback.objects.owned_by(me).open(),
        ngettext_lazy("%(n)d of them is yours", "%(n)d of them are yours", "n"),
    ),
    WorkList(
        "voc_feedback",
        "?pile=aside",
        lambda me: Feedback.objects.set_aside(),
        ngettext_lazy(
            "%(n)d item that could not be analyzed", "%(n)d items that could not be analyzed", "n"
        ),
    ),
    ImportList(
        "surveys_import",
        "?state=set_aside",
        _imports_set_aside,
        ngettext_lazy("%(n)d import that was set aside", "%(n)d imports that were set aside", "n"),
    ),
    WorkList(
        "voc_theme",
        "",
        lambda me: Theme.objects.to_look_at(),
        ngettext_lazy("%(n)d emerging theme to look at", "%(n)d emerging themes to look at", "n"),
    ),
    WorkList(
        "reports_fix",
        "?state__exact=planned",
        lambda me: Fix.objects.planned(),
        ngettext_lazy(
            "%(n)d fix planned and not shipped", "%(n)d fixes planned and not shipped", "n"
        ),
    ),
    WorkList(
        "surveys_invitation",
        f"?state={REFUSED}",
        lambda me: Invitation.objects.ended(REFUSED),
        ngettext_lazy("%(n)d invitation refused", "%(n)d invitations refused", "n"),
    ),
    WorkList(
        "surveys_invitation",
        f"?state={UNCERTAIN}",
        lambda me: Invitation.objects.ended(UNCERTAIN),
        ngettext_lazy(
            "%(n)d invitation that may not have arrived",
            "%(n)d invitations that may not have arrived",
            "n",
        ),
    ),
    WorkList(
        "reports_notice",
        f"?state={REFUSED}",
        lambda me: Notice.objects.ended(REFUSED),
        ngettext_lazy("%(n)d notice refused", "%(n)d notices refused", "n"),
    ),
    WorkList(
        "reports_notice",
        f"?state={UNCERTAIN}",
        lambda me: Notice.objects.ended(UNCERTAIN),
        ngettext_lazy(
            "%(n)d notice that may not have arrived", "%(n)d notices that may not have arrived", "n"
        ),
    ),
]

TODAY = [
    WorkList(
        "voc_feedback",
        "?pile=all&received=0",
        lambda me: Feedback.objects.received_since(midnight(timezone.now())),
        _("feedback received"),
    ),
    WorkList(
        "voc_case",
        "?pile=all&today=replied",
        lambda me: Case.objects.first_replied_since(midnight(timezone.now())),
        _("cases first replied to"),
    ),
    WorkList(
        "voc_case",
        "?pile=all&today=closed",
        lambda me: Case.objects.closed_since(midnight(timezone.now())),
        _("cases closed"),
    ),
]
