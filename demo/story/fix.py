"""The story of the fixes: staff triage feedback, plan fixes and ship them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import cycle

from django.contrib.auth.models import User

from demo.story import script
from demo.story.ask import mark_as_sent
from demo.story.calendar import Calendar
from reports.fixes.record import add, record
from reports.fixes.ship import ship
from reports.models import Fix, Notice
from surveys.questions import nps
from voc.models import Activity, Feedback, FeedbackQuerySet, Topic
from voc.triage import workflow

STAFF = {"kobayashi": "小林 彩", "mori": "森 拓也", "emma": "Emma Clark"}
PLANNED_FOR = 21  # days from the decision to the day it ships
STILL_NEW, STILL_OPEN = 4, 40  # days
THANKED = "お礼の返信をしました"
ANSWERED = "お客様に個別にお返事し、解決しました"


class FixStory:
    """The made-up company's triage and fixes, day by day."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.staff = cycle([_staff(username, name) for username, name in STAFF.items()])
        self.asked: dict[str, list[int]] = defaultdict(list)
        self.fixes: dict[str, Fix] = {}
        self.notes: dict[int, str] = {}

    def request(self, feedback: Feedback, asks: str, note: str = "") -> None:
        """Note that feedback asks for a fix; when that is planned already, add it there."""
        self.asked[asks].append(feedback.pk)
        self.notes[feedback.pk] = note
        if fix := self.fixes.get(asks):
            with dated(feedback.received_at + timedelta(hours=5)):
                add(fix, asked_in=_rows([feedback.pk]), by=next(self.staff))

    def day(self, days_ago: int) -> None:
        for plan in script.fixes():
            if days_ago == (plan.shipped or 0) + PLANNED_FOR:
                self._record(plan, self.calendar.at(days_ago, hour=15))
            if days_ago == plan.shipped:
                self._ship(plan, self.calendar.at(days_ago, hour=16))

    def _record(self, plan: script.Fix, at: datetime) -> None:
        texts = {key: text for key, text in asdict(plan).items() if key.startswith(("you", "we"))}
        fix = self.fixes[plan.key] = Fix(recorded_at=at, **texts)
        topics = Topic.objects.filter(key__in=plan.topics)
        with dated(at):
            asked = _rows(self.asked[plan.key])
            record(fix, topics=topics, asked_in=asked, by=next(self.staff))

    def _ship(self, plan: script.Fix, at: datetime) -> None:
        with dated(at):
            ship(self.fixes[plan.key], by=next(self.staff), now=at)
        if plan.shipped:  # the running worker sends the notices of what shipped today
            mark_as_sent(Notice.objects.waiting())

    def tidy_up(self) -> None:
        """Triage the rest: the newest stays new, older feedback gets an owner or an answer."""
        waiting = Feedback.objects.open().filter(
            received_at__lt=self.calendar.at(STILL_NEW, hour=0)
        )
        for feedback in waiting.select_related("response__survey").order_by("received_at"):
            with dated(feedback.received_at + timedelta(hours=20)):
                self._decide(feedback, next(self.staff))

    def _decide(self, feedback: Feedback, by: User) -> None:
        row = _rows([feedback.pk])
        if feedback.band == nps.PROMOTER:
            workflow.dismiss(row, reason=THANKED, by=by)
        elif feedback.received_at < self.calendar.at(STILL_OPEN, hour=0):
            workflow.dismiss(row, reason=ANSWERED, by=by)
        else:
            workflow.take(row, by=by)
        if note := self.notes.get(feedback.pk):
            feedback.notes.create(by=by, text=note, at=feedback.received_at + timedelta(hours=21))


def _staff(username: str, name: str) -> User:
    """Create a user without a password: nobody signs in as them."""
    user = User(username=username, last_name=name, is_staff=True)
    user.set_unusable_password()
    user.save()
    return user


def _rows(ids: list[int]) -> FeedbackQuerySet:
    return Feedback.objects.filter(pk__in=ids)


@contextmanager
def dated(at: datetime) -> Iterator[None]:
    """Date the activity of the block at `at`; the desk itself writes down the hour it is now."""
    newest = Activity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    yield
    Activity.objects.filter(pk__gt=newest).update(at=at)
