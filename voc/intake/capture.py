"""Capture feedback: the one door by which words come in, whatever the channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction

from lib.storable import storable
from surveys.models import Customer, Response
from voc.models import Feedback, Tag
from voc.signals import feedback_captured

FEEDBACK_PER_TRANSACTION = 500
BETTERED = ["customer", "raw", "received_at"]  # what a channel may learn later
Key = int | str | None  # a response's id, or what the channel calls it


@dataclass(frozen=True)
class Incoming:
    """Feedback on its way in. `external_id` is the channel's own; the same twice is one item.

    Not `is_dated` means that nobody said when it was received: `received_at` is when it came in.
    """

    text: str
    received_at: datetime
    external_id: str | None = None
    is_dated: bool = True
    customer: Customer | None = None
    response: Response | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.response.pk if self.response else self.external_id


@dataclass(frozen=True)
class Captured:
    """Counts of captured items: new, changed since, and known word for word."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged

    def __add__(self, other: Captured) -> Captured:
        return Captured(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


def capture(
    *,
    text: str,
    channel: str,
    received_at: datetime,
    external_id: str | None = None,
    customer: Customer | None = None,
    response: Response | None = None,
    raw: Mapping[str, Any] | None = None,
) -> Feedback:
    """Store what somebody said. A known item is updated, and analyzed again if it changed."""
    incoming = Incoming(
        text=text,
        received_at=received_at,
        external_id=external_id,
        customer=customer,
        response=response,
        raw=raw or {},
    )
    (feedback,), _count = _take_in([incoming], channel)
    return feedback


def capture_all(incomings: Iterable[Incoming], *, channel: str) -> Iterator[Captured]:
    """Capture many, in transactions of 500; yields the counts of each once it is committed."""
    waiting = iter(incomings)
    while batch := list(islice(waiting, FEEDBACK_PER_TRANSACTION)):
        yield _take_in(batch, channel)[1]


def _take_in(batch: list[Incoming], channel: str) -> tuple[list[Feedback], Captured]:
    try:
        return _keep(batch, channel)
    except IntegrityError:
        # Someone else brought the same ids at the same moment. Now they are known.
        return _keep(batch, channel)


@transaction.atomic
def _keep(batch: list[Incoming], channel: str) -> tuple[list[Feedback], Captured]:
    known = _known(batch, channel)
    kept, new = [], []
    reworded: dict[int, Feedback] = {}
    bettered: dict[int, Feedback] = {}
    unchanged = 0
    for incoming in batch:
        feedback = known.get(incoming.key)
        if feedback is None:
            feedback = _feedback(incoming, channel)
            new.append(feedback)
            if incoming.key is not None:
                known[incoming.key] = feedback
        else:
            says_new, knows_more = _reword(feedback, incoming), _better(feedback, incoming)
            unchanged += not (says_new or knows_more)
            reworded |= {feedback.pk: feedback} if says_new and feedback.pk else {}
            bettered |= {feedback.pk: feedback} if knows_more and feedback.pk else {}
        kept.append(feedback)
    _add(new)
    _rewrite(list(reworded.values()))
    if bettered:
        Feedback.objects.bulk_update(bettered.values(), BETTERED)
    return kept, Captured(len(new), len(batch) - len(new) - unchanged, unchanged)


def _known(batch: list[Incoming], channel: str) -> dict[Key, Feedback]:
    ids = [i.external_id for i in batch if i.external_id]
    answers = [i.response.pk for i in batch if i.response]
    rows = (
        Feedback.objects.known_as(channel, ids) | Feedback.objects.from_responses(answers)
    ).locked()
    known: dict[Key, Feedback] = {row.response_id: row for row in rows}
    known |= {row.external_id: row for row in rows}
    known.pop(None, None)
    return known


def _feedback(incoming: Incoming, channel: str) -> Feedback:
    return Feedback(
        text=storable(incoming.text),
        channel=channel,
        external_id=incoming.external_id,
        customer=incoming.customer,
        response=incoming.response,
        received_at=incoming.received_at,
        raw=storable(dict(incoming.raw)),
    )


def _reword(feedback: Feedback, incoming: Incoming) -> bool:
    """Give the item its newer words, not yet in the database. False when it has them."""
    before, feedback.text = feedback.text, storable(incoming.text)
    return feedback.text != before


def _better(feedback: Feedback, incoming: Incoming) -> bool:
    """Tell the item what the channel now knows of it, not yet in the database. False if nothing.

    What it no longer says stays as it was known. An answer to a survey knows all that from itself.
    """
    if incoming.response is not None:
        return False
    before = [getattr(feedback, field) for field in BETTERED]
    feedback.customer = incoming.customer or feedback.customer
    feedback.raw = {**feedback.raw, **storable(dict(incoming.raw))}
    if incoming.is_dated:
        feedback.received_at = incoming.received_at
    return [getattr(feedback, field) for field in BETTERED] != before


def _add(new: list[Feedback]) -> None:
    for feedback in Feedback.objects.bulk_create(new):
        feedback_captured.send(Feedback, feedback=feedback)


def _rewrite(reworded: list[Feedback]) -> None:
    """Store new words; what was marked in the old ones is no longer evidence of anything."""
    if not reworded:
        return
    for feedback in reworded:
        feedback.feelings, feedback.signs = [], []
    Feedback.objects.bulk_update(reworded, ["text", "feelings", "signs"])
    Feedback.objects.filter(pk__in=[feedback.pk for feedback in reworded]).queue_for_analysis()
    Tag.objects.filter(feedback__in=reworded).update(start=None, end=None)
