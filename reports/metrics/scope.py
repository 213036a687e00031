"""The scope of a report: whose answers it is about. One place narrows every query of it.

Reports are of NPS surveys, by name: their queries make tallies of promoters and detractors, which
scores of another scale have not. Another kind's figure is another report.

Nor are NPS surveys alike: what all customers say every half year and what some say after a purchase
are two numbers. So a report is of one survey, unless its reader adds them all up knowingly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from reports.metrics.periods import Period
from surveys.models import Invitation, InvitationQuerySet, Response, ResponseQuerySet, Survey
from surveys.questions.kinds import NPS
from voc.models import Tag, TagQuerySet


@dataclass(frozen=True)
class Scope:
    """The choices of a report's reader. A further choice is a field here and narrows below."""

    zone: tzinfo
    survey: Survey | None = None  # None: all NPS surveys, added up
    period: Period | None = None  # None: from the beginning
    every_channel: bool = False  # topics of all feedback, and not only of the survey's answers

    def during(self, period: Period) -> Scope:
        """The same choice at another time."""
        return replace(self, period=period)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The moments when its period begins and ends; asked of a scope that has one."""
        assert self.period is not None
        return self.period.moments(self.zone)

    def responses(self) -> ResponseQuerySet:
        """The answers whose scores make the NPS."""
        scored = Response.objects.scored(NPS)
        if self.survey:
            scored = scored.about(self.survey)
        return scored.between(*self.moments) if self.period else scored

    def invitations(self) -> InvitationQuerySet:
        """The invitations that were sent."""
        sent = Invitation.objects.of_kind(NPS).sent()
        if self.survey:
            sent = sent.about(self.survey)
        return sent.sent_between(*self.moments) if self.period else sent

    def tags(self) -> TagQuerySet:
        """The topics that were talked about."""
        tags = Tag.objects.in_use()
        if self.survey and not self.every_channel:
            tags = tags.in_answers_to(self.survey)
        return tags.received_between(*self.moments) if self.period else tags

    def of_a_response(self, path: str) -> Q:
        """A condition: the response at the end of this path is one whose score makes the NPS."""
        counted = Q(**{f"{path}__state": Response.State.COUNTED})
        if self.survey:
            return counted & Q(**{f"{path}__survey": self.survey})
        return counted & Q(**{f"{path}__survey__kind": NPS.key})


@dataclass(frozen=True)
class SurveyChoice:
    """A survey that can be reported on, and the moment of the first score it was given."""

    survey: Survey
    began: datetime | None


def surveys_to_choose() -> list[SurveyChoice]:
    """All NPS surveys, by name."""
    scored = Response.objects.scored(NPS).filter(survey=OuterRef("pk")).order_by("answered_at")
    surveys: Any = Survey.objects.of_kind(NPS).annotate(
        began=Subquery(scored.values("answered_at")[:1])
    )
    return [SurveyChoice(survey, survey.began) for survey in surveys]


def usual_survey(choices: Sequence[SurveyChoice], now: datetime) -> Survey | None:
    """The survey that is reported on when none is chosen: of the open ones, the first answered.

    Hardly ever does it change, so that a number stays comparable to that of the last time. A closed
    survey takes its place where none that is open was answered.
    """
    answered = [(not each.survey.is_open(now), each.began, each) for each in choices if each.began]
    return min(answered, key=itemgetter(0, 1))[2].survey if answered else None
