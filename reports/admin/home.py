"""The admin's home page: the work that waits, of all rooms, for whoever has logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from lib.admin_base import person_at
from lib.desk.pages import count_some, in_words
from lib.mail.outbox import OutboxMail
from reports.models import Fix, Notice
from surveys.imports.kinds import kinds_seen_by
from surveys.models import Import, Invitation
from voc.models import Feedback, Theme

REFUSED, UNCERTAIN = OutboxMail.Outcome.REFUSED, OutboxMail.Outcome.UNCERTAIN
Rows = Callable[[User], QuerySet[Any]]


@dataclass(frozen=True)
class WorkList:
    """Rows that somebody should look at. `words` counts them; `query` filters their page."""

    kind: str
    query: str
    rows: Rows
    words: Any

    def may_be_seen_by(self, me: User) -> bool:
        room, kind = self.kind.split("_")
        return me.has_perm(f"{room}.view_{kind}")

    def said_of(self, n: int) -> str:
        """The sentence for so many rows; of very many it says only that there are more."""
        return str(self.words % {"n": n}).replace(str(n), in_words(n), 1)

    @property
    def link(self) -> str:
        return reverse(f"admin:{self.kind}_changelist") + self.query


class ImportList(WorkList):
    """Imports, which whoever sees what is imported may see."""

    def may_be_seen_by(self, me: User) -> bool:
        return bool(kinds_seen_by(me))


def _imports_set_aside(me: User) -> QuerySet[Any]:
    return Import.objects.of_kinds([kind.key for kind in kinds_seen_by(me)]).set_aside()


WORK_LISTS = [
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


def first_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context of the home page; django-unfold's DASHBOARD_CALLBACK."""
    me = person_at(request)
    permitted = [work_list for work_list in WORK_LISTS if work_list.may_be_seen_by(me)]
    return {
        **context,
        "waiting": list(_waiting(permitted, me)),
        "may_see": bool(context["app_list"]),
    }


def _waiting(work_lists: list[WorkList], me: User) -> Iterator[tuple[str, str]]:
    """A sentence and a link for each work list; an empty one is in nobody's way."""
    for work_list in work_lists:
        if n := count_some(work_list.rows(me)):
            yield work_list.said_of(n), work_list.link
