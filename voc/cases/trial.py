"""The trial of a rule: what it would have opened in a month, counted by its own conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from voc.cases import conditions
from voc.models import CaseRule, Feedback

ANSWERS_SHOWN = 10


@dataclass(frozen=True)
class Trial:
    """What the rule would have done: cases it would have opened, of all answers there were; those
    that fit and that a rule before it takes; and the newest of its own."""

    opened: int
    answers: int
    taken_before: int
    newest: list[Any]  # Feedback, or a Response of a score alone

    @property
    def fits_everything(self) -> bool:
        return 0 < self.answers == self.opened + self.taken_before


def try_out(rule: CaseRule, now: datetime) -> Trial:
    """Try a rule that need not be saved, in as many statements however many answers there are."""
    start = now - conditions.ANSWERED_WITHIN
    words, scores = conditions.words_since(start), conditions.scores_since(start)
    fitting = conditions.words_that_fit(rule, words), conditions.scores_that_fit(rule, scores)
    before = list(_before(rule))
    own_words = conditions.without(
        fitting[0], [conditions.words_that_fit(each, words) for each in before]
    )
    own_scores = conditions.without(
        fitting[1], [conditions.scores_that_fit(each, scores) for each in before]
    )
    opened = own_words.count() + own_scores.count()
    newest = [
        *own_words.select_related("response__survey", "customer").order_by("-received_at", "-pk")[
            :ANSWERS_SHOWN
        ],
        *own_scores.select_related("survey", "customer").order_by("-answered_at", "-pk")[
            :ANSWERS_SHOWN
        ],
    ]
    return Trial(
        opened=opened,
        answers=words.count() + scores.count(),
        taken_before=fitting[0].count() + fitting[1].count() - opened,
        newest=sorted(newest, key=_came, reverse=True)[:ANSWERS_SHOWN],
    )


def _before(rule: CaseRule) -> Any:
    """The rules that are asked before this one."""
    same_place = Q(position=rule.position, pk__lt=rule.pk) if rule.pk else Q(position=rule.position)
    earlier = Q(position__lt=rule.position) | same_place
    others = CaseRule.objects.switched_on().exclude(pk=rule.pk).filter(earlier)
    return others.select_related("survey", "topic")


def _came(answer: Any) -> datetime:
    came: datetime = answer.received_at if isinstance(answer, Feedback) else answer.answered_at
    return came
