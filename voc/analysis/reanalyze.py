"""Analyzes all feedback again, a batch at a time: to preview a change of phrases, or for good.

A batch and the place it has come to are written in one transaction. So a worker that is killed
costs the next one a batch, and nothing is written that was stopped or begun anew meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from voc.analysis import analyze, preview_phrases, suggest_phrases
from voc.analysis.analyze import FEEDBACK_PER_BATCH, Topics
from voc.analysis.apply_classifiers import Readings
from voc.models import By, Feedback, Reanalysis, Tag

TRIES_ALONE = 2  # of an item that kills its worker
ASKED_FIELDS = ["text", "topics_by", "analyzed_at"]  # of an item, beside its id

Write = Callable[[Reanalysis], None]


def reanalyze_batch(now: datetime, *, size: int = FEEDBACK_PER_BATCH) -> int:
    """Do the next batch of one reanalysis; return its size, 0 when none runs that nobody is at."""
    claimed = Reanalysis.objects.claim(now)
    if claimed is None:
        return 0
    items = list(Feedback.objects.to_reanalyze(claimed.below).only(*ASKED_FIELDS)[:size])
    if not items:
        _finish(claimed, now)
    elif _is_careful(claimed, items):
        _one_by_one(claimed, items[0], now)
    else:
        _analyze(claimed, items, now)
    return max(1, len(items))


def _finish(claimed: Reanalysis, now: datetime) -> None:
    """End the run. After a preview suggest phrases: its author looks for more of them next."""
    _settle(claimed, lambda locked: _end(locked, now))
    if claimed.is_preview and claimed.phrase_change:
        suggest_phrases.suggest(claimed.phrase_change.topic, now)


def _is_careful(claimed: Reanalysis, items: list[Feedback]) -> bool:
    """Go one by one: something in the last batch killed its worker, so all of it goes so."""
    if claimed.attempts > 1 and claimed.careful_down_to is None:
        claimed.attempts, claimed.careful_down_to = 1, items[-1].pk
        claimed.save(update_fields=["attempts", "careful_down_to"])
    return claimed.careful_down_to is not None


def _one_by_one(claimed: Reanalysis, item: Feedback, now: datetime) -> None:
    if claimed.attempts > TRIES_ALONE:
        _settle(claimed, lambda locked: _leave(locked, item))
    else:
        _analyze(claimed, [item], now)


def _leave(locked: Reanalysis, item: Feedback) -> None:
    """Skip an item; it keeps the reading it has."""
    locked.skipped += 1
    _advance(locked, [item])


def _analyze(claimed: Reanalysis, items: list[Feedback], now: datetime) -> None:
    if claimed.is_preview:
        _preview(claimed, items)
    else:
        analyze.with_topics_in_use(lambda topics: _analyze_again(claimed, items, topics, now))


def _preview(claimed: Reanalysis, items: list[Feedback]) -> None:
    assert claimed.phrase_change, "a preview is of a change"
    counted = preview_phrases.count_changes(claimed.phrase_change, items)

    def write(locked: Reanalysis) -> None:
        counted.add(locked)
        _advance(locked, items)

    _settle(claimed, write)


def _analyze_again(
    claimed: Reanalysis, items: list[Feedback], topics: Topics, now: datetime
) -> None:
    readings = analyze.readings_of(items, topics)

    def write(locked: Reanalysis) -> None:
        _write(locked, items, readings, topics, now)
        _advance(locked, items)

    _settle(claimed, write)


def _write(
    locked: Reanalysis, items: list[Feedback], readings: Readings, topics: Topics, now: datetime
) -> None:
    rows = analyze.lock_unchanged(Feedback.objects.all(), items, readings)
    known = [row.pk for row in rows if row.analyzed_at and row.topics_by == By.MACHINE]
    before = _tags(known)
    analyze.save_readings(rows, readings, topics, now)
    after = _tags(known)
    locked.gained += len(after - before)
    locked.lost += len(before - after)
    locked.skipped += len(items) - len(readings)


def _tags(feedback: list[int]) -> set[tuple[int, int]]:
    return set(Tag.objects.filter(feedback__in=feedback).values_list("feedback_id", "topic_id"))


def _advance(locked: Reanalysis, items: list[Feedback]) -> None:
    locked.done += len(items)
    locked.below = items[-1].pk
    if locked.careful_down_to is not None and locked.below <= locked.careful_down_to:
        locked.careful_down_to = None


def _end(locked: Reanalysis, now: datetime) -> None:
    locked.state, locked.ended_at, locked.total = Reanalysis.State.DONE, now, locked.done


@transaction.atomic
def _settle(claimed: Reanalysis, write: Write) -> None:
    """Write to the locked row if the claim is still ours: it is gone when somebody stopped the run
    or began it anew."""
    mine = Reanalysis.objects.running().filter(pk=claimed.pk, claimed_until=claimed.claimed_until)
    locked = mine.locked().first()
    if locked is not None:
        write(locked)
        locked.release()
        locked.save()
