"""Everything is to be read again: begun, stopped and gone on with here; done by the workers.

Light on purpose: the desk asks for it. What reads is in `voc/analysis/`.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from voc.models import Feedback, Rereading, Revision

State = Rereading.State


def begin(*, by: User | None, now: datetime, revision: Revision | None = None) -> Rereading:
    """One at a time. One that is going on begins again from the newest: what it has read so far
    was read as things were before."""
    try:
        return _begin(by, now, revision)
    except IntegrityError:  # somebody else began at the same moment, so now one is going on
        return _begin(by, now, revision)


@transaction.atomic
def _begin(by: User | None, now: datetime, revision: Revision | None) -> Rereading:
    going_on = Rereading.objects.for_good().running().held().first()
    new = going_on or Rereading()
    fresh = Rereading(pk=new.pk, by=by, started_at=now, revision=revision)
    fresh.total = Feedback.objects.count()
    fresh.save()
    return fresh


def try_out(revision: Revision, *, by: User | None, now: datetime) -> Rereading:
    """Only counts what would be found; changes nothing."""
    return Rereading.objects.create(
        revision=revision, is_trial=True, by=by, started_at=now, total=Feedback.objects.count()
    )


def stop(rereading: Rereading, *, now: datetime) -> bool:
    """What was read so far stays. False when it had ended already."""
    running = Rereading.objects.running().filter(pk=rereading.pk)
    return bool(running.update(state=State.STOPPED, ended_at=now, claimed_until=None))


def go_on(rereading: Rereading) -> bool:
    """From where it was stopped. False when that makes no sense any more."""
    stopped = Rereading.objects.stopped().filter(pk=rereading.pk)
    if not may_go_on(rereading):
        return False
    try:
        with transaction.atomic():
            return bool(stopped.update(state=State.RUNNING, ended_at=None, attempts=0))
    except IntegrityError:  # another one is going on
        return False


def may_go_on(rereading: Rereading) -> bool:
    """A trial while its change is open; for good, unless a later one has begun since."""
    if not rereading.is_stopped:
        return False
    if rereading.is_trial:
        return rereading.revision is not None and rereading.revision.is_open
    return latest() == rereading


def is_going_on() -> bool:
    return Rereading.objects.for_good().running().exists()


def latest() -> Rereading | None:
    """The newest one for good, running or not."""
    return Rereading.objects.for_good().select_related("by", "revision__topic").first()
