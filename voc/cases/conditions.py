"""The conditions of a rule, as the database checks them: which answers fit, and which there are.

One definition, for what happens and for the trial of what would. An answer is feedback, with or
without a score, or else a response of a score alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from lib import search
from surveys.models import Response, ResponseQuerySet
from surveys.questions import kinds
from voc.models import CaseRule, Feedback, FeedbackQuerySet, Tag, Topic

# Words of longer ago are history: nobody waits for an answer to them any more.
ANSWERED_WITHIN = timedelta(days=30)


def words_since(start: datetime) -> FeedbackQuerySet:
    """Feedback that can open a case: analyzed or given up, of no answer that does not count."""
    counts = Q(response=None) | Q(response__state=Response.State.COUNTED)
    read = Q(analyzed_at__isnull=False) | Q(attempts__gte=Feedback.MOST_ATTEMPTS)
    return Feedback.objects.received_since(start).filter(counts, read)


def scores_since(start: datetime) -> ResponseQuerySet:
    """Responses of a score alone; those with words are asked for by their feedback."""
    alone = Response.objects.counted().with_a_score().filter(feedback=None)
    return alone.filter(answered_at__gte=start)


def words_that_fit(rule: CaseRule, among: FeedbackQuerySet) -> FeedbackQuerySet:
    fits = _of_any(rule, to_response="response__") & _of_words(rule)
    return among.filter(fits)


def scores_that_fit(rule: CaseRule, among: ResponseQuerySet) -> ResponseQuerySet:
    if rule.asks_for_words:
        return among.none()
    return among.filter(_of_any(rule, to_response=""))


def without(rows: QuerySet[Any], others: Iterable[QuerySet[Any]]) -> QuerySet[Any]:
    """The rows that are in none of the others."""
    for other in others:
        rows = rows.exclude(pk__in=other.order_by().values("pk"))
    return rows


def _of_any(rule: CaseRule, *, to_response: str) -> Q:
    """What is asked of an answer with words and without."""
    fits = Q()
    if rule.survey:
        fits &= Q((f"{to_response}survey", rule.survey))
    if rule.score_at_most is not None:
        fits &= Q((f"{to_response}score__lte", rule.score_at_most))
        if not rule.survey:
            fits &= Q((f"{to_response}survey__kind", kinds.NPS.key))
    if rule.attribute:
        fits &= Q(_attribute_is(rule.attribute, rule.attribute_value))
    if rule.language:
        fits &= Q(language=rule.language)
    return fits


def _of_words(rule: CaseRule) -> Q:
    fits = Q()
    if rule.topic:
        fits &= Q(_is_about(rule.topic))
    if rule.sentiment:
        fits &= Q(sentiment=rule.sentiment)
    if rule.urgency:
        is_any = rule.urgency == CaseRule.AnyUrgency.ANY
        fits &= Q(urgency__isnull=False) if is_any else Q(urgency=rule.urgency)
    if lines := rule.lines_of_words:
        found = Q()
        for line in lines:
            found |= search.holding(["search_text"], line)
        fits &= found
    return fits


def _is_about(topic: Topic) -> Exists:
    """About this topic, or about one that belongs to it."""
    topics = Topic.objects.counting_for(topic.key).values("pk")
    return Exists(Tag.objects.filter(feedback=OuterRef("pk"), topic__in=topics))


def _attribute_is(name: str, value: str) -> Exact:
    """The same as a search finds the same: GOLD is ｇｏｌｄ. A number is what is written of it."""
    text = TextField()
    kept = Cast(KeyTextTransform(name, "customer__attributes"), text)
    return Exact(search.Folded(kept), search.Folded(Value(value, text)))
