"""What the numbers are. One query a chart, however many months there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, Q, Value, When
from django.db.models.functions import Coalesce

from reports.metrics.periods import Period
from reports.metrics.scope import Scope
from surveys.models import Response
from surveys.questions import bands, nps
from voc.models import Sentiment, TagQuerySet, Topic

RESPONSE = "feedback__response"  # from a tag
HOME = Coalesce("topic__parent", "topic")

Voices = Callable[[Q], Count]  # how to count those of which this is true
GOOD, BAD, BOTH, NEITHER = (
    Sentiment.POSITIVE,
    Sentiment.NEGATIVE,
    Sentiment.MIXED,
    Sentiment.NEUTRAL,
)
ANY_OF = {
    "felt": [GOOD, BAD, BOTH],
    "good_or_both": [GOOD, BOTH],
    "bad_or_both": [BAD, BOTH],
    "known": [GOOD, BAD, BOTH, NEITHER],
}


@dataclass(frozen=True)
class Scores:
    """How often each score was given in a period."""

    period: Period
    times: Mapping[int, int]

    @property
    def tally(self) -> nps.Tally:
        return nps.Tally.of_times(self.times)


@dataclass(frozen=True)
class Rate:
    """How many of those who were asked have answered."""

    answered: int
    sent: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.answered / self.sent) if self.sent else None


@dataclass(frozen=True)
class TopicCount:
    """How often a topic was mentioned with which feeling, and by whom."""

    topic: Topic
    total: int
    feelings: Mapping[str, int]
    tally: nps.Tally


def first_answer(scope: Scope) -> datetime | None:
    """When the first score came in."""
    first: datetime | None = scope.responses().aggregate(first=Min("answered_at"))["first"]
    return first


def scores(scope: Scope, periods: Sequence[Period]) -> list[Scores]:
    """The scores given in each of these periods, which follow one another without a gap.

    They take the place of the scope's own period. Their edges go into the query as moments, so the
    database need not know time zones, and on SQLite this is many times faster than TruncMonth.
    """
    found: dict[int, Counter[int]] = {number: Counter() for number in range(len(periods))}
    whole = scope.during(Period(periods[0].first, periods[-1].end))
    rows = whole.responses().annotate(which=_which(periods, scope.zone))
    for which, score, times in _counted(rows):
        found[which][score] = times
    return [Scores(period, found[number]) for number, period in enumerate(periods)]


def _which(periods: Sequence[Period], zone: tzinfo) -> Case:
    """The number of the period an answer falls into."""
    ends = [period.moments(zone)[1] for period in periods]
    until = [When(answered_at__lt=end, then=Value(number)) for number, end in enumerate(ends)]
    return Case(*until, output_field=IntegerField())


def _counted(rows: Any) -> Iterable[tuple[int, int, int]]:
    counted = rows.order_by().values("which", "score").annotate(times=Count("pk"))
    found: Iterable[tuple[int, int, int]] = counted.values_list("which", "score", "times")
    return found


def pooled(parts: Sequence[Scores]) -> Scores:
    """Several periods as one: answers are added up; an NPS is never averaged."""
    times: Counter[int] = Counter()
    for part in parts:
        times.update(part.times)
    return Scores(Period(parts[0].period.first, parts[-1].period.end), times)


def response_rate(scope: Scope) -> Rate:
    """Of the invitations sent in the scope's period, however late the answer came."""
    answered = Count("pk", filter=Q(response__state=Response.State.COUNTED))
    return Rate(**scope.invitations().aggregate(answered=answered, sent=Count("pk")))


def topics(scope: Scope) -> list[TopicCount]:
    """What was talked about, most first, each followed by what belongs to it.

    A topic counts the voices of those below it too. Its NPS is of the answers behind them.
    """
    tags, scored = scope.tags(), scope.of_a_response(RESPONSE)
    named = Topic.objects.in_bulk()
    each = _topic_counts(tags, F("topic"), _tags, scored, named)
    above = {topic.parent_id for topic in named.values() if topic.parent_id}
    homes = _topic_counts(tags.of_topics(above), HOME, _voices, scored, named) if above else []
    below = [count for count in each if count.topic.parent_id]
    on_top = [count for count in each if not (count.topic.parent_id or count.topic.pk in above)]
    return [
        count
        for home in sorted([*homes, *on_top], key=_most_first)
        for count in (home, *(b for b in below if b.topic.parent_id == home.topic.pk))
    ]


def _topic_counts(
    tags: TagQuerySet, which: Any, voices: Voices, scored: Q, named: dict[int, Topic]
) -> list[TopicCount]:
    rows = tags.order_by().annotate(which=which)
    felt = {name: voices(Q(sentiment__in=some)) for name, some in ANY_OF.items()}
    tally = bands.counts(voices, score=f"{RESPONSE}__score", where=scored)
    counted = rows.values("which").annotate(total=voices(Q()), **felt, **tally)
    return sorted([_topic_count(named[row["which"]], row) for row in counted], key=_most_first)


def _tags(which: Q) -> Count:
    """A voice has a topic once."""
    return Count("pk", filter=which)


def _voices(which: Q) -> Count:
    """It may have several that belong to one; to count it once all the same is slower."""
    return Count("feedback", distinct=True, filter=which)


def _most_first(count: TopicCount) -> tuple[int, int]:
    return -count.total, count.topic.pk


def _topic_count(topic: Topic, row: Mapping[str, Any]) -> TopicCount:
    return TopicCount(
        topic=topic,
        total=row["total"],
        feelings=_feelings(row),
        tally=nps.Tally(**{name: row[name] for name in bands.COUNTS.values()}),
    )


def _feelings(row: Mapping[str, Any]) -> dict[str, int]:
    """Each voice once: a neutral tag gives way to a feeling, and two that disagree are mixed."""
    only_good, only_bad = row["felt"] - row["bad_or_both"], row["felt"] - row["good_or_both"]
    return {
        GOOD.value: only_good,
        NEITHER.value: row["known"] - row["felt"],
        BAD.value: only_bad,
        BOTH.value: row["felt"] - only_good - only_bad,
    }
