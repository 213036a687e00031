"""A person says how it should have been read. That is law: no later reading changes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.contrib.auth.models import User
from django.db import transaction

from voc.models import Activity, By, Feedback, FeedbackQuerySet, Tag, Topic
from voc.triage.workflow import CHUNK, Result, chunks

What = Activity.What
LONGEST_NOTE = 200  # characters of what was before or after, in an Activity
PERSONS = {"sentiment_by": By.PERSON, "topics_by": By.PERSON, "signs_by": By.PERSON}
MACHINES = {"sentiment_by": By.MACHINE, "topics_by": By.MACHINE, "signs_by": By.MACHINE}

Feelings = Mapping[Topic, str | None]


@transaction.atomic
def correct_sentiments(items: FeedbackQuerySet, sentiment: str, *, by: User) -> Result:
    """Items that already stand so on a person's word are left alone."""
    found = list(items.held().only("pk", "sentiment", "sentiment_by"))
    going = [f for f in found if (f.sentiment, f.sentiment_by) != (sentiment, By.PERSON)]
    for some in chunks([item.pk for item in going]):
        these = Feedback.objects.filter(pk__in=some)
        these.update(sentiment=sentiment, sentiment_by=By.PERSON)
    Activity.objects.bulk_create(
        (
            Activity(
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
    return Result(len(going), len(found) - len(going))


def correct_sentiment(feedback: Feedback, sentiment: str, *, by: User) -> bool:
    """False when a person had said so before."""
    this = Feedback.objects.filter(pk=feedback.pk)
    return bool(correct_sentiments(this, sentiment, by=by).changed)


@transaction.atomic
def correct_topics(
    feedback: Feedback, topics: Collection[Topic], *, by: User, feelings: Feelings | None = None
) -> None:
    """Exactly these topics. Those that stay keep their words, and their feeling if none is said."""
    feedback = Feedback.objects.filter(pk=feedback.pk).held().get()
    found = {tag.topic: tag for tag in feedback.tags.select_related("topic")}
    before = {topic: tag.sentiment for topic, tag in found.items()}
    felt = before | dict(feelings or {})
    feedback.tags.all().delete()
    Tag.objects.bulk_create(
        _as_found(found.get(topic), feedback, topic, felt.get(topic)) for topic in topics
    )
    Feedback.objects.filter(pk=feedback.pk).update(topics_by=By.PERSON)
    feedback.activities.create(
        by=by,
        what=What.TOPICS,
        before=_told(before),
        after=_told({topic: felt.get(topic) for topic in topics}),
    )


def _as_found(found: Tag | None, feedback: Feedback, topic: Topic, sentiment: str | None) -> Tag:
    tag = found or Tag(feedback=feedback, topic=topic)
    tag.sentiment, tag.by = sentiment, By.PERSON
    return tag


@transaction.atomic
def correct_signs(feedback: Feedback, *, intent: str | None, urgency: str | None, by: User) -> None:
    """What they want, and whether it can wait. Words that showed anything else show it no more."""
    feedback = Feedback.objects.filter(pk=feedback.pk).held().get()
    Feedback.objects.filter(pk=feedback.pk).update(
        intent=intent,
        urgency=urgency,
        signs=[sign for sign in feedback.signs if sign[0] in (intent, urgency)],
        signs_by=By.PERSON,
    )
    feedback.activities.create(
        by=by,
        what=What.SIGNS,
        before=_listed(feedback.intent, feedback.urgency),
        after=_listed(intent, urgency),
    )


@transaction.atomic
def confirm(items: FeedbackQuerySet, *, by: User) -> Result:
    """The reading is right, all of it.

    Left alone is what a person has checked before, and what the machine has not read or could
    not: there is nothing to be right about.
    """
    found = list(items.held().only("pk", "sentiment", "analyzed_at", *PERSONS))
    going = [item.pk for item in found if item.is_analyzed and not item.is_checked]
    for some in chunks(going):
        Tag.objects.filter(feedback__in=some).update(by=By.PERSON)
        Feedback.objects.filter(pk__in=some).update(**PERSONS)
    _write_down(What.CONFIRM, going, by)
    return Result(len(going), len(found) - len(going))


@transaction.atomic
def undo_corrections(items: FeedbackQuerySet, *, by: User) -> Result:
    """Take back what people said: all of it is read again as if nobody had said anything."""
    ids = list(items.held().values_list("pk", flat=True))
    for some in chunks(ids):
        these = Feedback.objects.filter(pk__in=some)
        Tag.objects.filter(feedback__in=some).update(by=By.MACHINE)
        these.update(**MACHINES)
        these.analyze_again()
    _write_down(What.MACHINE, ids, by)
    return Result(len(ids), 0)


def _write_down(what: Activity.What, ids: list[int], by: User) -> None:
    activities = (Activity(feedback_id=pk, by=by, what=what) for pk in ids)
    Activity.objects.bulk_create(activities, batch_size=CHUNK)


def _told(feelings: Feelings) -> str:
    """`price:negative, staff`: what an Activity remembers of topics and their feelings."""
    each = (f"{topic.key}:{felt}" if felt else topic.key for topic, felt in feelings.items())
    return ", ".join(sorted(each))[:LONGEST_NOTE]


def _listed(*kinds: str | None) -> str:
    return ", ".join(kind for kind in kinds if kind)
