"""Ask for an export, stop it, have it tried again; and what becomes of files after their day.

What is chosen is kept by its ids at the moment of asking. Why: docs/decisions/exports.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Length

from voc.exports.lines import header, lines_of
from voc.models import Export, ExportPart, Feedback, FeedbackQuerySet
from voc.models.exports import KEPT

State = Export.State

ITEMS_AT_ONCE = 2_000
CHARACTERS_AT_ONCE = 1_000_000  # of all their words; masking takes two seconds for them
ITEMS_PER_PART = 500
PARTS_KEPT_AT_A_TIME = 20


def is_large(items: FeedbackQuerySet) -> bool:
    return _ids(items)[ITEMS_AT_ONCE : ITEMS_AT_ONCE + 1].exists()


def table_at_once(items: FeedbackQuerySet, *, masked: bool, by: User, now: datetime) -> str | None:
    """The whole table, on record as taken; None of one that only a worker has the time for."""
    ids = list(_ids(items)[: ITEMS_AT_ONCE + 1])
    if len(ids) > ITEMS_AT_ONCE or _characters(ids) > CHARACTERS_AT_ONCE:
        return None
    lines = list(lines_of(ids, masked=masked))
    Export.objects.create(by=by, items=len(lines), masked=masked, at=now, ended_at=now)
    return "".join([header(), *lines])


def ask(items: FeedbackQuerySet, *, masked: bool, language: str, by: User, now: datetime) -> Export:
    """Have a worker write what is chosen now. One at a time: who has asked already gets that."""
    try:
        return _ask(items, Export(by=by, masked=masked, language=language, at=now, items=0))
    except IntegrityError:  # somebody pressed twice at the same moment
        return Export.objects.unfinished().asked_by(by).get()


@transaction.atomic
def _ask(items: FeedbackQuerySet, export: Export) -> Export:
    export.state = State.WAITING
    export.save()
    for parts in _parts(export, _ids(items).iterator(ITEMS_PER_PART)):
        ExportPart.objects.bulk_create(parts)
        export.items += sum(len(part.ids) for part in parts)
    export.save(update_fields=["items"])
    return export


def _parts(export: Export, ids: Iterator[int]) -> Iterator[list[ExportPart]]:
    """The parts, a few at a time, so that a million ids are never all in memory."""
    number = 0
    while chosen := list(islice(ids, ITEMS_PER_PART * PARTS_KEPT_AT_A_TIME)):
        each = [chosen[n : n + ITEMS_PER_PART] for n in range(0, len(chosen), ITEMS_PER_PART)]
        yield [ExportPart(of=export, number=n, ids=part) for n, part in enumerate(each, number)]
        number += len(each)


def stop(export: Export, *, now: datetime) -> bool:
    """End it early; what was written so far is deleted. False when it had ended already."""
    return _end(export, State.STOPPED, now)


def try_again(export: Export) -> bool:
    """Put one that was set aside back to work, from where it is."""
    set_aside = Export.objects.set_aside().filter(pk=export.pk)
    return bool(set_aside.update(attempts=0, claimed_until=None))


def delete_old_files(now: datetime) -> int:
    """Delete the files that are past their day, and end what was set aside as long ago; return how
    many exports were left without a file."""
    past = set(Export.objects.past_their_day(now).exclude(parts=None).values_list("pk", flat=True))
    ExportPart.objects.filter(of__in=past).delete()
    left_alone = Export.objects.set_aside().filter(at__lte=now - KEPT)
    return len(past) + sum(_end(each, State.FAILED, now) for each in left_alone)


@transaction.atomic
def _end(export: Export, state: str, now: datetime) -> bool:
    unfinished = Export.objects.unfinished().filter(pk=export.pk)
    ended = unfinished.update(state=state, ended_at=now, claimed_until=None)
    if ended:
        ExportPart.objects.filter(of=export).delete()
    return bool(ended)


def _ids(items: FeedbackQuerySet) -> QuerySet[Feedback, int]:
    """Their ids in the order of the list."""
    return items.select_related(None).prefetch_related(None).values_list("pk", flat=True)


def _characters(ids: list[int]) -> int:
    words = Feedback.objects.filter(pk__in=ids).aggregate(characters=Sum(Length("text")))
    return words["characters"] or 0
