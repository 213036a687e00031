"""The story of corrections: staff check readings, and preview a change of phrases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.contrib.auth.models import User

from demo.story import script
from demo.story.fix import ANSWERED, THANKED, dated
from demo.story.import_reviews import Checks
from demo.story.script import Check
from voc.analysis import reanalyze
from voc.models import Feedback, FeedbackQuerySet, Sentiment, Topic
from voc.topics import phrase_changes
from voc.triage import corrections, workflow

STAFF_BY_LANGUAGE = {"ja": "kobayashi", "en": "emma"}


def follow_taste() -> None:
    """Create the company's own topic; no installation comes with it."""
    Topic.objects.create(**script.taste().topic)


def check(checks: Checks) -> None:
    """Check feedback a week at a time: confirm right readings, correct the rest, dismiss all."""
    checked = Feedback.objects.filter(pk__in=checks).prefetch_related("tags__topic")
    by_time = sorted(checked, key=lambda item: item.received_at)
    for _week, items in groupby(by_time, lambda item: item.received_at.isocalendar()[:2]):
        week = list(items)
        with dated(week[-1].received_at + timedelta(days=1)):
            for language, username in STAFF_BY_LANGUAGE.items():
                by = User.objects.get(username=username)
                _check([item for item in week if item.language == language], checks, by)


def _check(items: list[Feedback], checks: Checks, by: User) -> None:
    wrong = [item for item in items if _reading_of(item) != checks[item.pk]]
    corrections.confirm(_rows(item for item in items if item not in wrong), by=by)
    for item in wrong:
        _correct(item, checks[item.pk], by)
    praise = [item for item in items if checks[item.pk].feeling == Sentiment.POSITIVE]
    workflow.dismiss(_rows(praise), reason=THANKED, by=by)
    others = _rows(item for item in items if item not in praise)
    workflow.dismiss(others, reason=ANSWERED, by=by)


def _rows(items: Iterable[Feedback]) -> FeedbackQuerySet:
    return Feedback.objects.filter(pk__in=[item.pk for item in items])


def _reading_of(feedback: Feedback) -> Check:
    topics = frozenset(tag.topic.key for tag in feedback.tags.all())
    return Check(feedback.sentiment or "", topics)


def _correct(feedback: Feedback, check: Check, by: User) -> None:
    topics = list(Topic.objects.filter(key__in=check.topics))
    feelings = dict.fromkeys(topics, check.feeling) if check.feeling != Sentiment.MIXED else {}
    corrections.correct_sentiment(feedback, check.feeling, by=by)
    corrections.correct_topics(feedback, topics, by=by, feelings=feelings)


def preview_phrases(now: datetime) -> None:
    """Preview a change of phrases to its end, and leave it for somebody to apply."""
    taste = script.taste()
    topic = Topic.objects.get(key=taste.topic["key"])
    by = User.objects.get(username=STAFF_BY_LANGUAGE["ja"])
    phrase_changes.propose(topic, phrases=taste.phrases, by=by, now=now)
    while reanalyze.reanalyze_batch(now):
        pass
