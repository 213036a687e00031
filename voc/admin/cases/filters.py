"""Filters of cases: one row of piles, and chips that read as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.access.shown import shows
from surveys.models import Survey
from surveys.questions import bands
from voc.admin.feedback.filters import Chip, Choices, midnight
from voc.cases.forms import staff
from voc.models import CaseQuerySet, CaseRule

Narrow = Callable[[CaseQuerySet, Any], CaseQuerySet]


class CasePile(admin.SimpleListFilter):
    """The filter that chooses a pile; cases that wait for us are shown by default."""

    title = _("pile")
    parameter_name = "pile"
    template = "admin/voc/feedback/piles.html"

    PILES: dict[str, tuple[Any, Narrow]] = {
        "open": (_("To do"), lambda cases, me: cases.open()),
        "mine": (_("Mine"), lambda cases, me: cases.not_closed().owned_by(me)),
        "unassigned": (_("Without an owner"), lambda cases, me: cases.unassigned()),
        "overdue": (_("Overdue"), lambda cases, me: cases.overdue(timezone.now())),
        "waiting": (_("Waiting for the customer"), lambda cases, me: cases.waiting()),
        "closed": (_("Closed"), lambda cases, me: cases.closed()),
        "all": (_("All"), lambda cases, me: cases),
    }
    NEWEST_FIRST = {"closed", "all"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(key, label) for key, (label, _narrow) in self.PILES.items()]

    def value(self) -> str:
        chosen = super().value()
        return chosen if chosen in self.PILES else "open"

    @classmethod
    def is_by_due_time(cls, request: HttpRequest) -> bool:
        """The pile that is shown holds only what still wants somebody."""
        return request.GET.get(cls.parameter_name) not in cls.NEWEST_FIRST

    def queryset(self, request: HttpRequest, cases: Any) -> CaseQuerySet:
        _label, narrow = self.PILES[self.value()]
        return narrow(cases, request.user)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The piles, without Django's own "All": ours is the last one."""
        for key, label in self.lookup_choices:
            yield {
                "selected": self.value() == str(key),
                "query_string": changelist.get_query_string({self.parameter_name: key}),
                "display": label,
            }


class CaseOwnerChip(Chip):
    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("nobody", _("nobody")), *((str(each.pk), str(each)) for each in staff())]

    def narrow(self, cases: Any, chosen: str) -> Any:
        return cases.owned_by(None if chosen == "nobody" else int(chosen))


@shows("voc.caserule")
class RuleChip(Chip):
    title = _("rule")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(str(rule.pk), rule.name) for rule in CaseRule.objects.all()]

    def narrow(self, cases: Any, chosen: str) -> Any:
        return cases.opened_by(int(chosen))


class CaseSurveyChip(Chip):
    title = _("survey")
    parameter_name = "survey"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(survey.slug, survey.name) for survey in Survey.objects.all()]

    def narrow(self, cases: Any, chosen: str) -> Any:
        return cases.in_answers_to(chosen)


class CaseBandChip(Chip):
    title = _("score")
    parameter_name = "band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(bands.NAMES.items())

    def narrow(self, cases: Any, chosen: str) -> Any:
        return cases.from_band(chosen)


class TodayChip(Chip):
    title = _("today")
    parameter_name = "today"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("replied", _("first replied to today")), ("closed", _("closed today"))]

    def narrow(self, cases: Any, chosen: str) -> Any:
        today = midnight(timezone.now())
        if chosen == "replied":
            return cases.first_replied_since(today)
        return cases.closed_since(today)
