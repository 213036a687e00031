"""Which lesson is in use: a person may go back from one, and take the newest up again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from voc.models import Lesson

State = Lesson.State


def before(lesson: Lesson) -> Lesson | None:
    """The one to go back to; None for the rules alone."""
    earlier = Lesson.objects.of(lesson.language).usable().older_than(lesson.version)
    return earlier.never_taken_back().without_weights().newest()


def newest(language: str) -> Lesson | None:
    """The newest that is better than the rules, if that is not in use."""
    lessons = Lesson.objects.of(language).without_weights()
    found, current = lessons.usable().newest(), lessons.in_use().first()
    return None if found and current and current.version > found.version else found


def retire(language: str) -> None:
    """Leave the language to the rules."""
    Lesson.objects.of(language).in_use().update(state=State.RETIRED)


@transaction.atomic
def go_back(language: str, *, by: User, now: datetime) -> Lesson | None:
    """Use the lesson before the one in use, or the rules alone; return which.

    Until somebody takes the newest up again, no lesson comes into use by itself.
    """
    Lesson.objects.of(language).hold()
    current = Lesson.objects.of(language).in_use().without_weights().first()
    if current is None:
        return None
    Lesson.objects.filter(pk=current.pk).update(taken_back_at=now, taken_back_by=by)
    return _use(language, before(current))


@transaction.atomic
def use_newest(language: str) -> Lesson | None:
    """Use the newest that is better than the rules; from now on they come into use by themselves.

    Where there is none, what is used stays in use, and the next one that wins comes in.
    """
    Lesson.objects.of(language).hold()
    Lesson.objects.of(language).taken_back().update(taken_back_at=None, taken_back_by=None)
    if found := newest(language):
        return _use(language, found)
    return Lesson.objects.of(language).in_use().without_weights().first()


def _use(language: str, lesson: Lesson | None) -> Lesson | None:
    retire(language)
    if lesson:
        Lesson.objects.filter(pk=lesson.pk).update(state=State.IN_USE)
    return lesson
