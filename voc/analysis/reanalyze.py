"""Analyzes all feedback again, a batch at a time: to preview a change of phrases, or for good.

A batch and the place it has come to are written in one transaction. So a worker that is killed
costs the next one a batch, and nothing is read that was stopped or begun anew meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from voc.analysis import analyze, preview_phrases, suggest_phrases
from voc.analysis.analyze import Topics
from voc.analysis.apply_classifiers import Readings
from voc.models import By, Feedback, Reanalysis, Tag

BATCH = 500
TRIES = 2  # of an item that kills its worker, on its own

Write = Callable[[Reanalysis], None]


def reanalyze_batch(now: datetime, *, size: int = BATCH) -> int:
    """The next batch of one reanalysis; 0 when there is none that runs and nobody is at."""
    claimed = Reanalysis.objects.claim(now)
    if claimed is None:
        return 0
    items = list(Feedback.objects.to_reanalyze(claimed.below)[:size])
    if not items:
        _finish(claimed, now)
    elif _is_careful(claimed, items):
        _one_by_one(claimed, items[0], now)
    else:
        _analyze(claimed, items, now)
    return max(1, len(items))


def _finish(claimed: Reanalysis, now: datetime) -> None:
    """Who has tried phrases out looks for more of them next."""
    _settle(claimed, lambda held: _end(held, now))
    if claimed.is_preview and claimed.phrase_change:
        suggest_phrases.suggest(claimed.phrase_change.topic, now)


def _is_careful(claimed: Reanalysis, items: list[Feedback]) -> bool:
    """Something in the batch before killed its worker: down to its end, all goes one by one."""
    if claimed.attempts > 1 and claimed.careful_down_to is None:
        claimed.attempts, claimed.careful_down_to = 1, items[-1].pk
        claimed.save(update_fields=["attempts", "careful_down_to"])
    return claimed.careful_down_to is not None


def _one_by_one(claimed: Reanalysis, item: Feedback, now: datetime) -> None:
    if claimed.attempts > TRIES:
        _settle(claimed, lambda held: _leave(held, item))
    else:
        _analyze(claimed, [item], now)


def _leave(held: Reanalysis, item: Feedback) -> None:
    """With the reading it has."""
    held.skipped += 1
    _advance(held, [item])


def _analyze(claimed: Reanalysis, items: list[Feedback], now: datetime) -> None:
    if claimed.is_preview:
        _preview(claimed, items)
    else:
        analyze.with_the_topics(lambda topics: _analyze_again(claimed, items, topics, now))


def _preview(claimed: Reanalysis, items: list[Feedback]) -> None:
    assert claimed.phrase_change, "a trial is of a change"
    counted = preview_phrases.count(claimed.phrase_change, items)

    def write(held: Reanalysis) -> None:
        counted.add(held)
        _advance(held, items)

    _settle(claimed, write)


def _analyze_again(
    claimed: Reanalysis, items: list[Feedback], topics: Topics, now: datetime
) -> None:
    readings = analyze.read(items, topics)

    def write(held: Reanalysis) -> None:
        _write(held, items, readings, topics, now)
        _advance(held, items)

    _settle(claimed, write)


def _write(
    held: Reanalysis, items: list[Feedback], readings: Readings, topics: Topics, now: datetime
) -> None:
    rows = analyze.still_the_same(Feedback.objects.all(), items, readings)
    known = [row.pk for row in rows if row.analyzed_at and row.topics_by == By.MACHINE]
    before = _tags(known)
    analyze.write_down(rows, readings, topics, now)
    after = _tags(known)
    held.gained += len(after - before)
    held.lost += len(before - after)
    held.skipped += len(items) - len(readings)


def _tags(voices: list[int]) -> set[tuple[int, int]]:
    return set(Tag.objects.filter(feedback__in=voices).values_list("feedback_id", "topic_id"))


def _advance(held: Reanalysis, items: list[Feedback]) -> None:
    held.done += len(items)
    held.below = items[-1].pk
    if held.careful_down_to is not None and held.below <= held.careful_down_to:
        held.careful_down_to = None


def _end(held: Reanalysis, now: datetime) -> None:
    held.state, held.ended_at, held.total = Reanalysis.State.DONE, now, held.done


@transaction.atomic
def _settle(claimed: Reanalysis, write: Write) -> None:
    """Written only by who holds the claim: it is gone when somebody stopped or began anew."""
    mine = Reanalysis.objects.running().filter(pk=claimed.pk, claimed_until=claimed.claimed_until)
    held = mine.held().first()
    if held is not None:
        write(held)
        held.release()
        held.save()
