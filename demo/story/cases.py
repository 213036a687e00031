"""The story of cases: low scores of the last weeks are answered, wait, or have been left lying."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle

from django.contrib.auth.models import User

from demo.story.fix import STAFF
from surveys.models import Response
from surveys.questions import nps
from voc.cases import rules, workflow
from voc.cases.due import due_after, hours_of
from voc.cases.notes import add_note
from voc.models import BusinessCalendar, Case, CaseQuerySet, CaseRule, Colleague

WEEKS = timedelta(days=70)
STILL_OPEN = timedelta(days=8)
NOTE = "@mori さん、配送会社にも同じ件を確認してもらえますか。"
DONE = "お電話でお詫びし、代わりの品をお送りしました。"


def answer_low_scores(now: datetime) -> None:
    """Open a case for each low score of the last weeks, as the rule of a new site has it, and
    follow it up."""
    people = list(User.objects.filter(username__in=STAFF).order_by("pk"))
    Colleague.objects.bulk_create(
        Colleague(user=person, alerts=Colleague.Alerts.NONE) for person in people
    )
    rule = _rule(people, now - WEEKS)
    owners = cycle(people)
    for response in _low_scores(now):
        _open(rule, response, next(owners))
    while rules.consider_batch(now):
        continue
    _follow_up(now)


def _rule(people: list[User], since: datetime) -> CaseRule:
    rule = CaseRule.objects.order_by("pk").first() or CaseRule(name="批判者 / Detractors")
    rule.score_at_most = nps.BANDS[nps.DETRACTOR][-1]
    rule.gives, rule.escalate_to, rule.on_since = CaseRule.Gives.IN_TURN, people[0], since
    rule.save()
    rule.people.set(people)
    return rule


def _low_scores(now: datetime) -> Iterator[Response]:
    recent = Response.objects.counted().in_band(nps.DETRACTOR).between(now - WEEKS, now)
    yield from recent.select_related("customer").order_by("answered_at", "pk")


def _open(rule: CaseRule, response: Response, owner: User) -> None:
    at = response.answered_at + timedelta(seconds=20)
    due_at = due_after(hours_of(BusinessCalendar.current()), at, rule.due_in_hours)
    workflow.open_case(response=response, now=at, owner=owner, due_at=due_at, rule=rule)


def _follow_up(now: datetime) -> None:
    """Most older ones are closed; one in four waits for the customer, and some were left lying."""
    for n, case in enumerate(Case.objects.filter(opened_at__lt=now - STILL_OPEN).order_by("pk")):
        this = Case.objects.filter(pk=case.pk)
        at = case.opened_at + timedelta(hours=5)
        if n % 4 == 3:
            workflow.wait(this, by=case.owner, now=at)
        elif n % 5:
            _close(this, case, n, at)
    newest = Case.objects.open().order_by("-opened_at", "-pk").first()
    if newest and newest.owner:
        add_note(newest, NOTE, by=newest.owner, now=now - timedelta(hours=1))


def _close(this: CaseQuerySet, case: Case, n: int, at: datetime) -> None:
    because = Case.Because.NO_ANSWER if n % 5 == 4 else Case.Because.SOLVED
    workflow.close(this, because=because, by=case.owner, now=at, reason=DONE if n % 2 else "")
