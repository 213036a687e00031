"""Rules at work: answers that came in are considered, and the first rule that fits opens a case.

The answers to consider are a work list. What a rule does is written with the case, in one
transaction with the end of the work: a worker that is killed leaves all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from voc.cases import conditions, workflow
from voc.cases.business_hours import Hours
from voc.cases.due import due_after, hours_of
from voc.cases.responsible import Roster
from voc.models import BusinessCalendar, Case, CaseRule, Consideration, Feedback

ANSWERS_PER_BATCH = 200


@dataclass(frozen=True)
class Desk:
    """What opening a case takes: who is there, and the hours of the company."""

    roster: Roster
    hours: Hours


def consider_batch(now: datetime, *, size: int = ANSWERS_PER_BATCH) -> int:
    """Consider up to `size` answers that wait, and words that were given up; return how many of
    the first were taken."""
    claimed = Consideration.objects.claim(now, size)
    words = {each.feedback_id for each in claimed if each.feedback_id}
    words |= set(_given_up(now, size))
    if claimed or words:
        _consider({each.response_id for each in claimed if each.response_id}, words, claimed, now)
    return len(claimed)


def _given_up(now: datetime, size: int) -> Iterable[int]:
    """Words that the reader gave up: nobody announces them, and their score may want an answer."""
    given_up = Feedback.objects.set_aside().filter(case=None)
    recent = given_up.received_since(now - conditions.ANSWERED_WITHIN)
    return recent.values_list("pk", flat=True)[:size]


@transaction.atomic
def _consider(
    responses: set[int], words: set[int], claimed: list[Consideration], now: datetime
) -> None:
    _join_known_cases(words)
    rules = CaseRule.objects.switched_on().select_for_update(of=("self",))
    desk = None
    for rule in rules.select_related("survey", "topic").prefetch_related("people"):
        answers = _that_fit(rule, responses, words, now)
        if answers and desk is None:
            hours = hours_of(BusinessCalendar.current())
            desk = Desk(Roster.of(timezone.localdate(now)), hours)
        if desk:
            for answer in answers:
                _open(rule, answer, desk, now)
        responses -= {each.pk for each in answers if not isinstance(each, Feedback)}
        words -= {each.pk for each in answers if isinstance(each, Feedback)}
    Consideration.objects.filter(pk__in=[each.pk for each in claimed]).delete()


def _join_known_cases(words: set[int]) -> None:
    """Have words that followed a score belong to the case that the score has."""
    case = Case.objects.filter(response=OuterRef("response")).values("pk")[:1]
    followed = Feedback.objects.filter(pk__in=words, case=None, response__case__isnull=False)
    Feedback.objects.filter(pk__in=followed.values("pk")).update(case=Subquery(case))


def _that_fit(rule: CaseRule, responses: set[int], words: set[int], now: datetime) -> list[Any]:
    """The answers, among these, that open a case by the rule: none that has one, or that came
    before the rule was switched on."""
    since = max(rule.on_since or now, now - conditions.ANSWERED_WITHIN)
    spoken = conditions.words_since(since).filter(pk__in=words, case=None)
    silent = conditions.scores_since(since).filter(pk__in=responses, case=None)
    return [
        *conditions.words_that_fit(rule, spoken).select_related("response", "customer"),
        *conditions.scores_that_fit(rule, silent).select_related("customer"),
    ]


def _open(rule: CaseRule, answer: Any, desk: Desk, now: datetime) -> None:
    attributes = answer.customer.attributes if answer.customer else {}
    chosen = desk.roster.choose(rule, attributes=attributes, language=answer.language)
    about = {"feedback" if isinstance(answer, Feedback) else "response": answer}
    workflow.open_case(
        now=now,
        owner=chosen.person,
        due_at=due_after(desk.hours, now, rule.due_in_hours),
        reason=chosen.why,
        rule=rule,
        **about,
    )
    rule.save(update_fields=["last_given"])


def switch_on(rule: CaseRule, *, now: datetime) -> None:
    """From now on answers that come in may open a case by it."""
    rule.on_since = rule.on_since or now
    rule.save(update_fields=["on_since"])


def switch_off(rule: CaseRule) -> None:
    """The cases that it opened stay as they are."""
    rule.on_since = None
    rule.save(update_fields=["on_since"])
