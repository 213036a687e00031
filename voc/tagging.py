"""Reading what came in, a batch at a time. Importing this loads dictionaries: workers only."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from voc.models import By, Feedback, Sentiment, Tag, Topic
from voc.taggers.reader import Reader
from voc.taggers.readings import Mention, Reading, Seeds

BATCH = 500
READ = [
    "language",
    "sentiment",
    "feelings",
    "intent",
    "urgency",
    "signs",
    "tagger",
    "tagged_at",
    "attempts",
    "claimed_until",
]

Readings = dict[int, Reading]
logger = logging.getLogger(__name__)


def read_batch(now: datetime, *, size: int = BATCH) -> int:
    """Read up to `size` items that wait; return how many were taken.

    The attempt is counted before the work. What stops the reader stays unread and comes back,
    alone, when its lease is over; after five attempts it is set aside for staff to see.
    """
    claimed = Feedback.objects.claim(now, size)
    if claimed:
        topics = {topic.key: topic for topic in Topic.objects.in_use()}
        reader = _reader(tuple(map(_seeds, topics.values())))
        _write(claimed, _read(claimed, reader), topics, now)
    return len(claimed)


@lru_cache(maxsize=1)
def _reader(topics: tuple[Seeds, ...]) -> Reader:
    """One for the whole process, made anew when staff change the topics."""
    return Reader(topics)


def _seeds(topic: Topic) -> Seeds:
    return Seeds(topic.key, tuple(topic.phrases_ja), tuple(topic.phrases_en))


def _read(claimed: Iterable[Feedback], reader: Reader) -> Readings:
    readings = {}
    for feedback in claimed:
        try:
            readings[feedback.pk] = reader.read(feedback.text)
        except Exception as error:
            # Its name only: the message may quote what the customer wrote.
            logger.error("feedback %d could not be read: %s", feedback.pk, type(error).__name__)
    return readings


@transaction.atomic
def _write(
    claimed: list[Feedback], readings: Readings, topics: dict[str, Topic], now: datetime
) -> None:
    """Everything of a batch or nothing. What a person corrected stays as they left it."""
    read = _still_the_same(claimed, readings)
    for feedback in read:
        _apply(readings[feedback.pk], feedback, now)
    # An upsert of rows that are held and so cannot vanish: one statement, 30 times as fast as
    # bulk_update, which spells out a CASE for every field of every row.
    Feedback.objects.bulk_create(
        read, update_conflicts=True, unique_fields=["pk"], update_fields=READ
    )
    _replace_tags([f for f in read if f.topics_by == By.MACHINE], readings, topics)


def _still_the_same(claimed: list[Feedback], readings: Readings) -> list[Feedback]:
    """Held as they are now: in between, words may have changed and people may have corrected."""
    words = {feedback.pk: feedback.text for feedback in claimed if feedback.pk in readings}
    rows = Feedback.objects.filter(pk__in=words, tagged_at=None).held()
    return [row for row in rows if row.text == words[row.pk]]


def _apply(reading: Reading, feedback: Feedback, now: datetime) -> None:
    feedback.language = reading.language
    if feedback.sentiment_by == By.MACHINE:
        feedback.sentiment = reading.sentiment
    feedback.feelings = [[f.sentiment, f.start, f.end] for f in reading.feelings]
    if feedback.signs_by == By.MACHINE:
        feedback.intent, feedback.urgency = reading.intent, reading.urgency
        feedback.signs = [[s.kind, s.start, s.end] for s in reading.signs]
    feedback.tagger = reading.version
    feedback.tagged_at = now
    feedback.attempts, feedback.claimed_until = 0, None


def _replace_tags(read: list[Feedback], readings: Readings, topics: dict[str, Topic]) -> None:
    Tag.objects.filter(feedback__in=read, by=By.MACHINE).delete()
    Tag.objects.bulk_create(
        [
            Tag(
                feedback=feedback,
                topic=topics[mention.topic],
                sentiment=mention.sentiment,
                start=mention.start,
                end=mention.end,
            )
            for feedback in read
            for mention in _one_a_topic(readings[feedback.pk].mentions)
        ],
        ignore_conflicts=True,  # a person's own tag on the topic stands
    )


def _one_a_topic(mentions: Iterable[Mention]) -> Iterable[Mention]:
    """The first words that name a topic; its feelings are mixed when they disagree."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        there = first.setdefault(mention.topic, mention)
        if there.sentiment != mention.sentiment:
            first[mention.topic] = _mixed(there)
    return first.values()


def _mixed(mention: Mention) -> Mention:
    return Mention(mention.topic, Sentiment.MIXED, mention.start, mention.end)
