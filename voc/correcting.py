"""A person says how it should have been read. That is law: no later reading changes it."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction

from voc.models import By, Feedback, FeedbackQuerySet, Move, Tag, Topic
from voc.triaging import CHUNK, Moved, chunks

What = Move.What
LONGEST = 200  # characters of a list of topics in a Move


@transaction.atomic
def correct_sentiments(items: FeedbackQuerySet, sentiment: str, *, by: User) -> Moved:
    """Items that already stand so on a person's word are left alone."""
    found = list(items.held().only("pk", "sentiment", "sentiment_by"))
    going = [f for f in found if (f.sentiment, f.sentiment_by) != (sentiment, By.PERSON)]
    for some in chunks([item.pk for item in going]):
        these = Feedback.objects.filter(pk__in=some)
        these.update(sentiment=sentiment, sentiment_by=By.PERSON)
    Move.objects.bulk_create(
        (
            Move(
                feedback=item,
                by=by,
                what=What.SENTIMENT,
                before=item.sentiment or "",
                after=sentiment,
            )
            for item in going
        ),
        batch_size=CHUNK,
    )
    return Moved(len(going), len(found) - len(going))


def correct_sentiment(feedback: Feedback, sentiment: str, *, by: User) -> bool:
    """False when a person had said so before."""
    this = Feedback.objects.filter(pk=feedback.pk)
    return bool(correct_sentiments(this, sentiment, by=by).moved)


@transaction.atomic
def correct_topics(feedback: Feedback, topics: Collection[Topic], *, by: User) -> None:
    """Exactly these topics. The ones that stay keep the words in which they were found."""
    feedback = Feedback.objects.filter(pk=feedback.pk).held().get()
    before = list(feedback.topics.order_by("key"))
    feedback.tags.exclude(topic__in=topics).delete()
    feedback.tags.update(by=By.PERSON)
    Tag.objects.bulk_create(
        Tag(feedback=feedback, topic=topic, by=By.PERSON) for topic in topics if topic not in before
    )
    Feedback.objects.filter(pk=feedback.pk).update(topics_by=By.PERSON)
    feedback.moves.create(by=by, what=What.TOPICS, before=_keys(before), after=_keys(topics))


@transaction.atomic
def let_the_machine_read(items: FeedbackQuerySet, *, by: User) -> Moved:
    """Take corrections back: all of it is read again as if nobody had said anything."""
    ids = list(items.held().values_list("pk", flat=True))
    for some in chunks(ids):
        these = Feedback.objects.filter(pk__in=some)
        Tag.objects.filter(feedback__in=some).update(by=By.MACHINE)
        these.update(sentiment_by=By.MACHINE, topics_by=By.MACHINE)
        these.read_again()
    Move.objects.bulk_create(
        (Move(feedback_id=pk, by=by, what=What.MACHINE) for pk in ids), batch_size=CHUNK
    )
    return Moved(len(ids), 0)


def _keys(topics: Collection[Topic]) -> str:
    return ", ".join(sorted(topic.key for topic in topics))[:LONGEST]
