"""Which lesson is in use: a person may go back from one, and take the newest up again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from voc.models import Lesson

State = Lesson.State


@transaction.atomic
def adopt(lesson: Lesson) -> None:
    """Use it, and no other of its language."""
    retire(lesson.language)
    Lesson.objects.filter(pk=lesson.pk).update(state=State.IN_USE)


def retire(language: str) -> None:
    """Leave the language to the rules."""
    Lesson.objects.of(language).in_use().update(state=State.RETIRED)


@transaction.atomic
def go_back(language: str, *, by: User, now: datetime) -> Lesson | None:
    """Use the lesson before the one in use, or the rules alone; return which.

    Until somebody takes the newest up again, no lesson comes into use by itself.
    """
    current = Lesson.objects.of(language).in_use().held().first()
    if current is None:
        return None
    retire(language)
    Lesson.objects.filter(pk=current.pk).update(taken_back_at=now, taken_back_by=by)
    before = Lesson.objects.of(language).usable().filter(version__lt=current.version)
    return _use(before.never_taken_back().newest())


@transaction.atomic
def use_newest(language: str) -> Lesson | None:
    """Use the newest that is better than the rules; from now on they come into use by themselves.

    None where there is none; then the next one that wins will be used.
    """
    lessons = Lesson.objects.of(language)
    lessons.taken_back().update(taken_back_at=None, taken_back_by=None)
    return _use(lessons.usable().held().newest())


def _use(lesson: Lesson | None) -> Lesson | None:
    if lesson:
        adopt(lesson)
    return lesson
