"""Analyzes waiting feedback, a batch at a time: makes readings and stores them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import TypeVar

from django.db import transaction
from django.db.models import OuterRef, Subquery

from lib.database.add_missing import add_missing
from lib.database.copy import change_rows
from voc.analysis.apply_classifiers import Readings, apply_classifiers
from voc.analysis.bad_texts import skip_bad_text
from voc.analysis.search_words import search_words
from voc.models import By, Feedback, FeedbackQuerySet, Tag, Topic
from voc.nlp.reader import Reader
from voc.nlp.reading import ABUSES, Mention, Reading, Seeds
from voc.nlp.sentiment import pool
from voc.signals import feedback_analyzed

FEEDBACK_PER_BATCH = 500
LETTERS_AT_ONCE = 20_000  # some 10 MB of words
# What an analysis writes, and with the words and who said what, all that it asks of a row.
ANALYZED_FIELDS = [
    "language",
    "sentiment",
    "feelings",
    "intent",
    "urgency",
    "abuse",
    "signs",
    "search_words",
    "analyzer",
    "analyzed_at",
    "attempts",
    "claimed_until",
]
TAG_FIELDS = ["feedback", "topic", "sentiment", "start", "end", "by"]
ASKED_FIELDS = ["text", "sentiment_by", "topics_by", "signs_by", "abuse_by", *ANALYZED_FIELDS]

Topics = dict[str, Topic]  # by key
TagValues = tuple[int, int, str, int, int, str]  # in the order of TAG_FIELDS
WorkResult = TypeVar("WorkResult")


class TopicGone(Exception):
    """A topic was merged into another between reading and writing; nothing was written."""


def analyze_batch(now: datetime, *, size: int = FEEDBACK_PER_BATCH) -> int:
    """Analyze up to `size` items that wait; return how many were taken.

    The attempt is counted before the work. What stops the reader keeps waiting and comes back,
    alone, when its lease is over; after five attempts it is set aside for staff to see.
    """
    claimed = Feedback.objects.claim(now, size)
    if claimed:
        with_topics_in_use(
            lambda topics: _write(claimed, readings_of(claimed, topics), topics, now)
        )
    return len(claimed)


def with_topics_in_use(work: Callable[[Topics], WorkResult]) -> WorkResult:
    """Do the work with the topics in use; once more from the beginning when one goes meanwhile."""
    while True:
        try:
            return work({topic.key: topic for topic in Topic.objects.in_use()})
        except TopicGone:
            continue


@lru_cache(maxsize=1)
def _reader(topics: tuple[Seeds, ...]) -> Reader:
    """The reader of this process, made anew when staff change the topics."""
    return Reader(topics)


def _seeds(topic: Topic) -> Seeds:
    return Seeds.of(topic.key, topic.phrases)


def readings_of(items: Iterable[Feedback], topics: Topics) -> Readings:
    """Readings by id, made by the rules and bettered by classifiers; bad texts have none."""
    texts = {feedback.pk: feedback.own_words for feedback in items}
    return apply_classifiers(texts, apply_rules(texts, topics), topics)


def apply_rules(texts: Mapping[int, str], topics: Topics) -> Readings:
    """Readings by id, made by the rules alone. What stops the reader is logged and left out."""
    reader = _reader(tuple(map(_seeds, topics.values())))
    readings: Readings = {}
    for portion in _portions(texts):
        begun = {}
        for pk, text in portion:
            with skip_bad_text(pk, "read"):
                begun[pk] = reader.begin(text)
        for pk, finish in begun.items():
            with skip_bad_text(pk, "read"):
                readings[pk] = finish()
    return readings


def _portions(texts: Mapping[int, str]) -> Iterator[list[tuple[int, str]]]:
    """Texts that are begun together: many short ones, but not the words of many long ones."""
    portion, letters = list[tuple[int, str]](), 0
    for pk, text in texts.items():
        portion.append((pk, text))
        letters += len(text)
        if letters >= LETTERS_AT_ONCE:
            yield portion
            portion, letters = [], 0
    if portion:
        yield portion


@transaction.atomic
def _write(claimed: list[Feedback], readings: Readings, topics: Topics, now: datetime) -> None:
    """Store a whole batch or nothing, and announce it."""
    to_analyze = Feedback.objects.filter(analyzed_at=None)
    rows = lock_unchanged(to_analyze, claimed, readings)
    save_readings(rows, readings, topics, now)
    feedback_analyzed.send(Feedback, ids=[row.pk for row in rows])


@transaction.atomic
def analyze_now(items: list[Feedback], topics: Topics, now: datetime) -> None:
    """Analyze at once, whether or not they wait. What stops the reader keeps the reading it has."""
    readings = readings_of(items, topics)
    save_readings(lock_unchanged(Feedback.objects.all(), items, readings), readings, topics, now)


def save_readings(rows: list[Feedback], readings: Readings, topics: Topics, now: datetime) -> None:
    """Store readings in locked rows. What a person corrected stays as they left it.

    Raises TopicGone.
    """
    for feedback in rows:
        _apply(readings[feedback.pk], feedback, now)
    change_rows(Feedback, ANALYZED_FIELDS, map(attrgetter("pk", *ANALYZED_FIELDS), rows))
    _replace_tags([f for f in rows if f.topics_by == By.MACHINE], readings, topics)
    if chosen := [f for f in rows if f.topics_by == By.PERSON]:
        _feel_as_the_whole(chosen)


def lock_unchanged(
    among: FeedbackQuerySet, items: Iterable[Feedback], readings: Readings
) -> list[Feedback]:
    """Lock and reload items whose words are those that were read; corrections since are seen."""
    words = {feedback.pk: feedback.text for feedback in items if feedback.pk in readings}
    rows = among.filter(pk__in=words).locked().only(*ASKED_FIELDS)
    return [row for row in rows if row.text == words[row.pk]]


def _apply(reading: Reading, feedback: Feedback, now: datetime) -> None:
    feedback.language = reading.language
    if feedback.sentiment_by == By.MACHINE:
        feedback.sentiment = reading.sentiment
    feedback.feelings = [[f.sentiment, f.start, f.end] for f in reading.feelings]
    if feedback.signs_by == By.MACHINE:
        feedback.intent, feedback.urgency = reading.intent, reading.urgency
    if feedback.abuse_by == By.MACHINE:
        feedback.abuse = reading.abused_by
    feedback.signs = _signs(reading, feedback)
    feedback.search_words = search_words(feedback.text, reading.other_forms)
    feedback.analyzer = reading.version
    feedback.analyzed_at = now
    feedback.release()


def _signs(reading: Reading, feedback: Feedback) -> list[list[object]]:
    """The signs that are read now; of what a person has said, those that are there."""
    kept = [sign for sign in feedback.signs if _is_settled(sign[0], feedback)]
    read = (*reading.signs, *reading.abuse)
    return [*kept, *(list(sign) for sign in read if not _is_settled(sign.kind, feedback))]


def _is_settled(kind: str, feedback: Feedback) -> bool:
    by = feedback.abuse_by if kind in ABUSES else feedback.signs_by
    return by == By.PERSON


def _replace_tags(rows: list[Feedback], readings: Readings, topics: Topics) -> None:
    """Replace the machine's tags. Those of topics out of use are history and stay."""
    Tag.objects.in_use().filter(feedback__in=rows, by=By.MACHINE).delete()
    new = [tag for item in rows for tag in _tags(item, readings[item.pk], topics)]
    add_missing(Tag, TAG_FIELDS, new)  # a person's own tag on the topic stands
    _refuse_what_is_gone({topic for _feedback, topic, *_more in new})


def _feel_as_the_whole(rows: list[Feedback]) -> None:
    """Give topics that a person chose before the first analysis the feeling that it found."""
    whole = Feedback.objects.filter(pk=OuterRef("feedback")).values("sentiment")
    tags = Tag.objects.filter(feedback__in=rows, sentiment=None)
    tags.update(sentiment=Subquery(whole))


def _refuse_what_is_gone(topics: set[int]) -> None:
    """Raise TopicGone for a merged topic. From here on a merge waits for this transaction."""
    if Topic.objects.filter(pk__in=topics).exclude(merged_into=None).exists():
        raise TopicGone


def _tags(feedback: Feedback, reading: Reading, topics: Topics) -> Iterator[TagValues]:
    """The values of a tag for each topic that is mentioned."""
    for topic, sentiment, start, end in _one_a_topic(reading.mentions):
        yield feedback.pk, topics[topic].pk, sentiment, start, end, By.MACHINE.value


def _one_a_topic(mentions: Iterable[Mention]) -> Iterable[Mention]:
    """The mention of each topic: the first words that name it, with its feelings pooled."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        if earlier := first.get(mention.topic):
            sentiment = pool((earlier.sentiment, mention.sentiment))
            mention = earlier._replace(sentiment=sentiment)
        first[mention.topic] = mention
    return first.values()
