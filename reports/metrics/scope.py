"""The scope of a report: whose answers it is about. One place narrows every query of it.

Reports are of NPS surveys, by name: their queries make tallies of promoters and detractors, which
scores of another scale have not. Another kind's figure is another report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from django.db.models import Q

from reports.metrics.periods import Period
from surveys.models import Invitation, InvitationQuerySet, Response, ResponseQuerySet, Survey
from surveys.questions.kinds import NPS
from voc.models import Tag, TagQuerySet


@dataclass(frozen=True)
class Scope:
    """The choices of a report's reader. A further choice is a field here and narrows below."""

    zone: tzinfo
    survey: Survey | None = None  # None: all NPS surveys
    period: Period | None = None  # None: from the beginning

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
        """The topics that were talked about: through every channel, unless a survey is chosen."""
        tags = Tag.objects.in_use()
        if self.survey:
            tags = tags.in_answers_to(self.survey)
        return tags.received_between(*self.moments) if self.period else tags

    def of_a_response(self, path: str) -> Q:
        """A condition: the response at the end of this path counts, and is of an NPS survey."""
        counted = {f"{path}__state": Response.State.COUNTED}
        return Q(**counted, **{f"{path}__survey__kind": NPS.key})
