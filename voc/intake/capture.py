"""Capture feedback: the one door by which words come in, whatever the channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction

from lib.database.copy import add_rows, change_rows
from surveys.models import Customer
from voc.intake.incoming import Captured, Incoming, Known, better, new_item, reword
from voc.models import Case, Feedback, Tag
from voc.signals import feedback_captured

FEEDBACK_PER_TRANSACTION = 2_000
BETTERED = ["customer_id", "raw", "received_at"]  # what a channel may learn later
MARKED = ["feelings", "signs", "search_words"]  # of these words, of no use for others
READING = ["analyzed_at", "attempts", "claimed_until"]
NOT_YET_READ: tuple[Any, ...] = ([], [], None, None, 0, None)  # MARKED and READING
MOST_TRIES = 10  # to add what somebody else is adding at the same moment


def capture(
    *,
    text: str,
    channel: str,
    received_at: datetime,
    external_id: str | None = None,
    customer: Customer | None = None,
    case: Case | None = None,
    raw: Mapping[str, Any] | None = None,
) -> Feedback:
    """Store what somebody said. A known item is updated, and analyzed again if it changed.

    What is new joins the case, and whoever listens finds it there.
    """
    customer_id = customer.pk if customer else None
    incoming = Incoming(text, received_at, external_id, customer_id=customer_id, raw=raw or {})
    with suppress(IntegrityError):
        return _keep_one(incoming, channel, case)
    # Someone else brought the same at the same moment. Now it is known.
    return _keep_one(incoming, channel, case)


@transaction.atomic
def _keep_one(incoming: Incoming, channel: str, case: Case | None) -> Feedback:
    feedback = _known_one(incoming, channel)
    if feedback is None:
        return _add_one(incoming, channel, case)
    if reword(feedback, incoming):
        feedback.feelings, feedback.signs, feedback.search_words = [], [], None
        feedback.save(update_fields=["text", *MARKED])
        Feedback.objects.filter(pk=feedback.pk).queue_for_analysis()
        _unmark([feedback.pk])
    if better(feedback, incoming):
        feedback.save(update_fields=BETTERED)
    return feedback


def _known_one(incoming: Incoming, channel: str) -> Feedback | None:
    if incoming.external_id is None:
        return None
    known = Feedback.objects.known_as(channel, [incoming.external_id])
    return known.select_for_update(of=("self",)).first()


def _add_one(incoming: Incoming, channel: str, case: Case | None) -> Feedback:
    feedback = _feedback(new_item(incoming), channel)
    feedback.case = case
    feedback.save(force_insert=True)
    feedback_captured.send(Feedback, feedback=feedback)
    return feedback


def capture_all(incomings: Iterable[Incoming], *, channel: str) -> Iterator[Captured]:
    """Capture many, in transactions of 2,000; yields the counts of each once it is committed."""
    waiting = iter(incomings)
    while batch := list(islice(waiting, FEEDBACK_PER_TRANSACTION)):
        yield _take_in(batch, channel)


def _take_in(batch: list[Incoming], channel: str) -> Captured:
    for _again in range(MOST_TRIES - 1):
        # Someone else has brought the same ids at the same moment: look again, now they are known.
        with suppress(IntegrityError):
            return _keep(batch, channel)
    return _keep(batch, channel)


@transaction.atomic
def _keep(batch: list[Incoming], channel: str) -> Captured:
    known = _known(batch, channel)
    new: list[Known] = []
    reworded: dict[int, Known] = {}
    bettered: dict[int, Known] = {}
    unchanged = 0
    for incoming in batch:
        item = known.get(incoming.external_id)
        if item is None:
            new.append(item := new_item(incoming))
            if item.external_id is not None:
                known[item.external_id] = item
            continue
        says_new, knows_more = reword(item, incoming), better(item, incoming)
        unchanged += not (says_new or knows_more)
        if item.id and says_new:
            reworded[item.id] = item
        elif item.id and knows_more:
            bettered[item.id] = item
    _add(new, channel)
    _rewrite(reworded)
    _better_known({pk: item for pk, item in bettered.items() if pk not in reworded})
    return Captured(len(new), len(batch) - len(new) - unchanged, unchanged)


def _known(batch: list[Incoming], channel: str) -> dict[str | None, Known]:
    """Those items that are known, by their ids; locked, in one order for all."""
    ids = [incoming.external_id for incoming in batch if incoming.external_id]
    found = Feedback.objects.known_as(channel, ids).order_by("pk").select_for_update(of=("self",))
    rows = found.values_list("id", "external_id", "text", *BETTERED)
    return {row[1]: Known(*row) for row in rows}


def _add(new: list[Known], channel: str) -> None:
    if new and feedback_captured.has_listeners(Feedback):
        for feedback in Feedback.objects.bulk_create(_feedback(item, channel) for item in new):
            feedback_captured.send(Feedback, feedback=feedback)
    elif new:
        add_rows(
            Feedback,
            ["channel", "external_id", "text", *BETTERED],
            [(channel, i.external_id, i.text, *_bettered(i)) for i in new],
            one_order=lambda row: row[1] or "",
        )


def _feedback(item: Known, channel: str) -> Feedback:
    return Feedback(
        text=item.text,
        channel=channel,
        external_id=item.external_id,
        customer_id=item.customer_id,
        received_at=item.received_at,
        raw=item.raw,
    )


def _rewrite(reworded: dict[int, Known]) -> None:
    """Store new words, to be analyzed again, and what else is known: all in one statement, because
    each makes the row anew. What was marked in the old words is no longer evidence of anything."""
    if reworded:
        rows = [(pk, i.text, *_bettered(i), *NOT_YET_READ) for pk, i in reworded.items()]
        change_rows(Feedback, ["text", *BETTERED, *MARKED, *READING], rows)
        _unmark([*reworded])


def _unmark(ids: list[int]) -> None:
    Tag.objects.filter(feedback__in=ids).update(start=None, end=None)


def _better_known(bettered: dict[int, Known]) -> None:
    """Store what else is known better."""
    if bettered:
        change_rows(Feedback, BETTERED, [(pk, *_bettered(i)) for pk, i in bettered.items()])


def _bettered(item: Known) -> tuple[Any, ...]:
    return item.customer_id, item.raw, item.received_at
