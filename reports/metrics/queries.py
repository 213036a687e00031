"""Queries for the reports: scores, response rate, topics. One a chart, however many months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce

from lib.rounding import percent
from reports.metrics.periods import Period, pieces
from reports.metrics.scope import Scope
from surveys.models import Response
from surveys.questions import bands, nps
from voc.models import Sentiment, TagQuerySet, Topic

RESPONSE_OF_TAG = "feedback__response"
TOP_TOPIC = Coalesce("topic__parent", "topic")

CountWhere = Callable[[Q], Count]  # how to count those of which this is true
GOOD, BAD, BOTH, NEITHER = (
    Sentiment.POSITIVE,
    Sentiment.NEGATIVE,
    Sentiment.MIXED,
    Sentiment.NEUTRAL,
)
SENTIMENT_GROUPS = {
    "felt": [GOOD, BAD, BOTH],
    "good_or_both": [GOOD, BOTH],
    "bad_or_both": [BAD, BOTH],
    "known": [GOOD, BAD, BOTH, NEITHER],
}


@dataclass(frozen=True)
class PeriodScores:
    """The scores given in a period: how often each."""

    period: Period
    times: Mapping[int, int]

    @property
    def tally(self) -> nps.Tally:
        return nps.Tally.of_times(self.times)


@dataclass(frozen=True)
class Rate:
    """The response rate: how many of those who were asked have answered."""

    answered: int
    sent: int

    @property
    def percent(self) -> int | None:
        return percent(self.answered, self.sent) if self.sent else None


@dataclass(frozen=True)
class TopicCount:
    """The feedback on a topic: how much, with which sentiment, and the scores behind it."""

    topic: Topic
    total: int
    feelings: Mapping[str, int]
    tally: nps.Tally


def scores_by_period(scope: Scope, periods: Sequence[Period]) -> list[PeriodScores]:
    """The scores given in each of these periods, which may lie apart or overlap; in one query.

    They take the place of the scope's own period. The time they cover is cut into pieces whose
    edges go into the query as moments, so the database need not know time zones, and on SQLite this
    is many times faster than TruncMonth. A period is its pieces added up; no NPS is averaged.
    """
    parts = pieces(periods)
    found: dict[int, Counter[int]] = {number: Counter() for number in range(len(parts))}
    whole = scope.during(Period(parts[0].first, parts[-1].end))
    rows = whole.responses().annotate(which=_which(parts, scope.zone))
    for which, score, times in _counted(rows):
        found[which][score] = times
    counted = list(zip(parts, found.values(), strict=True))
    return [PeriodScores(period, _times_within(period, counted)) for period in periods]


def _times_within(period: Period, counted: Iterable[tuple[Period, Counter[int]]]) -> Counter[int]:
    inside = (n for part, n in counted if period.first <= part.first and part.end <= period.end)
    return sum(inside, Counter())


def _which(periods: Sequence[Period], zone: tzinfo) -> Case:
    """The number of the period an answer falls into."""
    ends = [period.moments(zone)[1] for period in periods]
    until = [When(answered_at__lt=end, then=Value(number)) for number, end in enumerate(ends)]
    return Case(*until, output_field=IntegerField())


def _counted(rows: Any) -> Iterable[tuple[int, int, int]]:
    counted = rows.order_by().values("which", "score").annotate(times=Count("pk"))
    found: Iterable[tuple[int, int, int]] = counted.values_list("which", "score", "times")
    return found


def response_rate(scope: Scope) -> Rate:
    """The rate of the invitations sent in the scope's period, however late the answer came."""
    answered = Count("pk", filter=Q(response__state=Response.State.COUNTED))
    return Rate(**scope.invitations().aggregate(answered=answered, sent=Count("pk")))


def topic_counts(scope: Scope) -> list[TopicCount]:
    """Topics by how much feedback they have, most first, each followed by its children.

    A topic counts the feedback of those below it too. Its NPS is of the answers behind them.
    """
    tags, scored = scope.tags(), scope.of_a_response(RESPONSE_OF_TAG)
    named = Topic.objects.in_bulk()
    by_topic = _count_by_topic(tags, F("topic"), _count_tags, scored, named)
    above = {topic.parent_id for topic in named.values() if topic.parent_id}
    tops = [count for count in by_topic if not (count.topic.parent_id or count.topic.pk in above)]
    if above:
        tops += _count_by_topic(tags.of_topics(above), TOP_TOPIC, _count_feedback, scored, named)
    below = [count for count in by_topic if count.topic.parent_id]
    return [
        count
        for top in sorted(tops, key=_most_first)
        for count in (top, *(b for b in below if b.topic.parent_id == top.topic.pk))
    ]


def _count_by_topic(
    tags: TagQuerySet, which: Any, count_where: CountWhere, scored: Q, named: dict[int, Topic]
) -> list[TopicCount]:
    rows = tags.order_by().annotate(which=which)
    sentiments = {
        name: count_where(Q(sentiment__in=group)) for name, group in SENTIMENT_GROUPS.items()
    }
    tally = bands.counts(count_where, score=f"{RESPONSE_OF_TAG}__score", where=scored)
    counted = rows.values("which").annotate(total=count_where(Q()), **sentiments, **tally)
    return sorted([_topic_count(named[row["which"]], row) for row in counted], key=_most_first)


def _count_tags(which: Q) -> Count:
    """A count of tags: feedback has a topic once."""
    return Count("pk", filter=which)


def _count_feedback(which: Q) -> Count:
    """A count of feedback: it may have several topics of one parent. Slower than tags."""
    return Count("feedback", distinct=True, filter=which)


def _most_first(count: TopicCount) -> tuple[int, int]:
    return -count.total, count.topic.pk


def _topic_count(topic: Topic, row: Mapping[str, Any]) -> TopicCount:
    return TopicCount(
        topic=topic,
        total=row["total"],
        feelings=_sentiment_counts(row),
        tally=nps.Tally(**{name: row[name] for name in bands.COUNTS.values()}),
    )


def _sentiment_counts(row: Mapping[str, Any]) -> dict[str, int]:
    """Feedback by sentiment, each once: neutral gives way, and two that disagree are mixed."""
    only_good, only_bad = row["felt"] - row["bad_or_both"], row["felt"] - row["good_or_both"]
    return {
        GOOD.value: only_good,
        NEITHER.value: row["known"] - row["felt"],
        BAD.value: only_bad,
        BOTH.value: row["felt"] - only_good - only_bad,
    }
