"""How the made-up company reads along: it checks readings, and tries other phrases out."""

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

WHO = {"ja": "kobayashi", "en": "emma"}


def follow_taste() -> None:
    """No installation comes with this topic."""
    Topic.objects.create(**script.taste().topic)


def check(checks: Checks) -> None:
    """A week at a time: what was read rightly is confirmed, the rest corrected; all is answered."""
    read = Feedback.objects.filter(pk__in=checks).prefetch_related("tags__topic")
    every = sorted(read, key=lambda feedback: feedback.received_at)
    for _week, some in groupby(every, lambda feedback: feedback.received_at.isocalendar()[:2]):
        week = list(some)
        with dated(week[-1].received_at + timedelta(days=1)):
            for language, username in WHO.items():
                by = User.objects.get(username=username)
                _check([each for each in week if each.language == language], checks, by)


def _check(read: list[Feedback], checks: Checks, by: User) -> None:
    wrong = [each for each in read if _as_read(each) != checks[each.pk]]
    corrections.confirm(_these(each for each in read if each not in wrong), by=by)
    for feedback in wrong:
        _correct(feedback, checks[feedback.pk], by)
    praise = [each for each in read if checks[each.pk].feeling == Sentiment.POSITIVE]
    workflow.dismiss(_these(praise), reason=THANKED, by=by)
    workflow.dismiss(_these(each for each in read if each not in praise), reason=ANSWERED, by=by)


def _these(some: Iterable[Feedback]) -> FeedbackQuerySet:
    return Feedback.objects.filter(pk__in=[each.pk for each in some])


def _as_read(feedback: Feedback) -> Check:
    topics = frozenset(tag.topic.key for tag in feedback.tags.all())
    return Check(feedback.sentiment or "", topics)


def _correct(feedback: Feedback, check: Check, by: User) -> None:
    topics = list(Topic.objects.filter(key__in=check.topics))
    felt = dict.fromkeys(topics, check.feeling) if check.feeling != Sentiment.MIXED else {}
    corrections.correct_sentiment(feedback, check.feeling, by=by)
    corrections.correct_topics(feedback, topics, by=by, feelings=felt)


def try_out(now: datetime) -> None:
    """Counted to the end, and left for somebody to apply."""
    taste = script.taste()
    topic = Topic.objects.get(key=taste.topic["key"])
    by = User.objects.get(username=WHO["ja"])
    phrase_changes.propose(topic, phrases=taste.phrases, by=by, now=now)
    while reanalyze.reanalyze_batch(now):
        pass
