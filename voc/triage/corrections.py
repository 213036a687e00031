"""Corrections of readings by people. They are law: no later analysis changes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.contrib.auth.models import User
from django.db import transaction

from voc.models import Abuse, Activity, By, Feedback, FeedbackQuerySet, Tag, Topic
from voc.triage.workflow import IDS_PER_STATEMENT, Result, split_ids

What = Activity.What
LONGEST_SUMMARY = 200  # characters of what was before or after, in an Activity
BY_PERSON = {"sentiment_by": By.PERSON, "topics_by": By.PERSON, "signs_by": By.PERSON}
BY_MACHINE = {**dict.fromkeys(BY_PERSON, By.MACHINE), "abuse_by": By.MACHINE}

Feelings = Mapping[Topic, str | None]


@transaction.atomic
def correct_sentiments(items: FeedbackQuerySet, sentiment: str, *, by: User) -> Result:
    """Set the sentiment; items that already have it on a person's word are skipped."""
    found = list(items.locked().only("pk", "sentiment", "sentiment_by"))
    to_change = [f for f in found if (f.sentiment, f.sentiment_by) != (sentiment, By.PERSON)]
    for chunk in split_ids([item.pk for item in to_change]):
        these = Feedback.objects.filter(pk__in=chunk)
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
            for item in to_change
        ),
        batch_size=IDS_PER_STATEMENT,
    )
    return Result(len(to_change), len(found) - len(to_change))


def correct_sentiment(feedback: Feedback, sentiment: str, *, by: User) -> bool:
    """Set the sentiment of one item; False when a person had said the same before."""
    this = Feedback.objects.filter(pk=feedback.pk)
    return bool(correct_sentiments(this, sentiment, by=by).changed)


@transaction.atomic
def correct_topics(
    feedback: Feedback, topics: Collection[Topic], *, by: User, feelings: Feelings | None = None
) -> None:
    """Set exactly these topics. Those that stay keep their words.

    A feeling of None is that about the whole, and so is that about a topic which nobody mentions
    and had none: a tag without one would hide from whoever looks for what is wrong with its topic.
    """
    feedback = Feedback.objects.filter(pk=feedback.pk).locked().get()
    found = {tag.topic: tag for tag in feedback.tags.select_related("topic")}
    before = {topic: tag.sentiment for topic, tag in found.items()}
    given = dict.fromkeys(set(topics) - set(found)) | dict(feelings or {})
    felt = {t: sentiment or feedback.sentiment for t, sentiment in (before | given).items()}
    feedback.tags.all().delete()
    Tag.objects.bulk_create(
        _as_found(found.get(topic), feedback, topic, felt.get(topic)) for topic in topics
    )
    Feedback.objects.filter(pk=feedback.pk).update(topics_by=By.PERSON)
    feedback.activities.create(
        by=by,
        what=What.TOPICS,
        before=_summary(before),
        after=_summary({topic: felt.get(topic) for topic in topics}),
    )


def _as_found(found: Tag | None, feedback: Feedback, topic: Topic, sentiment: str | None) -> Tag:
    tag = found or Tag(feedback=feedback, topic=topic)
    tag.sentiment, tag.by = sentiment, By.PERSON
    return tag


@transaction.atomic
def correct_signs(feedback: Feedback, *, intent: str | None, urgency: str | None, by: User) -> None:
    """Set intent and urgency. Words that showed anything else show it no more."""
    feedback = Feedback.objects.filter(pk=feedback.pk).locked().get()
    Feedback.objects.filter(pk=feedback.pk).update(
        intent=intent,
        urgency=urgency,
        signs=[sign for sign in feedback.signs if sign[0] in (intent, urgency, *Abuse.values)],
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
    """Confirm the whole reading as a person's own.

    Skipped is what a person has checked before, and what was not analyzed or could not be: there
    is nothing to be right about.
    """
    found = list(items.locked().only("pk", "sentiment", "analyzed_at", *BY_PERSON))
    to_change = [item.pk for item in found if item.is_analyzed and not item.is_checked]
    for chunk in split_ids(to_change):
        Tag.objects.filter(feedback__in=chunk).update(by=By.PERSON)
        Feedback.objects.filter(pk__in=chunk).update(**BY_PERSON)
    _write_down(What.CONFIRM, to_change, by)
    return Result(len(to_change), len(found) - len(to_change))


@transaction.atomic
def undo_corrections(items: FeedbackQuerySet, *, by: User) -> Result:
    """Take back corrections: all of it is analyzed again as if nobody had said anything."""
    ids = list(items.locked().values_list("pk", flat=True))
    for chunk in split_ids(ids):
        these = Feedback.objects.filter(pk__in=chunk)
        Tag.objects.filter(feedback__in=chunk).update(by=By.MACHINE)
        these.update(**BY_MACHINE)
        these.queue_for_analysis()
    _write_down(What.MACHINE, ids, by)
    return Result(len(ids), 0)


def _write_down(what: Activity.What, ids: list[int], by: User) -> None:
    activities = (Activity(feedback_id=pk, by=by, what=what) for pk in ids)
    Activity.objects.bulk_create(activities, batch_size=IDS_PER_STATEMENT)


def _summary(feelings: Feelings) -> str:
    """Topics and feelings as an Activity stores them: `price:negative, staff`."""
    each = (f"{topic.key}:{felt}" if felt else topic.key for topic, felt in feelings.items())
    return ", ".join(sorted(each))[:LONGEST_SUMMARY]


def _listed(*kinds: str | None) -> str:
    return ", ".join(kind for kind in kinds if kind)
