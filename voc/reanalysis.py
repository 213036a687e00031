"""Begins, stops and resumes reanalyses: runs over all feedback, which workers do.

The work itself is in `voc/analysis/reanalyze.py`.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from voc.models import Feedback, PhraseChange, Reanalysis

State = Reanalysis.State


def begin(
    *, by: User | None, now: datetime, phrase_change: PhraseChange | None = None
) -> Reanalysis:
    """Begin to analyze everything again, one run at a time. One that is going on begins anew: what
    it has analyzed so far was analyzed as things were before."""
    try:
        return _begin(by, now, phrase_change)
    except IntegrityError:  # somebody else began at the same moment, so now one is going on
        return _begin(by, now, phrase_change)


@transaction.atomic
def _begin(by: User | None, now: datetime, phrase_change: PhraseChange | None) -> Reanalysis:
    going_on = Reanalysis.objects.for_good().running().locked().first()
    new = going_on or Reanalysis()
    fresh = Reanalysis(pk=new.pk, by=by, started_at=now, phrase_change=phrase_change)
    fresh.total = Feedback.objects.count()
    fresh.save()
    return fresh


def begin_preview(phrase_change: PhraseChange, *, by: User | None, now: datetime) -> Reanalysis:
    """Begin to count what the change would find; no feedback is changed."""
    return Reanalysis.objects.create(
        phrase_change=phrase_change,
        is_preview=True,
        by=by,
        started_at=now,
        total=Feedback.objects.count(),
    )


def stop(reanalysis: Reanalysis, *, now: datetime) -> bool:
    """End a run early; what was analyzed so far stays. False when it had ended already."""
    running = Reanalysis.objects.running().filter(pk=reanalysis.pk)
    return bool(running.update(state=State.STOPPED, ended_at=now, claimed_until=None))


def resume(reanalysis: Reanalysis) -> bool:
    """Go on from where it was stopped. False when that makes no sense any more."""
    stopped = Reanalysis.objects.stopped().filter(pk=reanalysis.pk)
    if not may_resume(reanalysis):
        return False
    try:
        with transaction.atomic():
            return bool(stopped.update(state=State.RUNNING, ended_at=None, attempts=0))
    except IntegrityError:  # another one is going on
        return False


def may_resume(reanalysis: Reanalysis) -> bool:
    """A stopped preview goes on while its change is open; any other, unless a later one began."""
    if not reanalysis.is_stopped:
        return False
    if reanalysis.is_preview:
        return reanalysis.phrase_change is not None and reanalysis.phrase_change.is_open
    return latest() == reanalysis


def is_running_now() -> bool:
    return Reanalysis.objects.for_good().running().exists()


def latest() -> Reanalysis | None:
    """The newest one for good, running or not."""
    return Reanalysis.objects.for_good().select_related("by", "phrase_change__topic").first()
