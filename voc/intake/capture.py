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
Key = int | str | None  # a response's id, or what the channel calls it


@dataclass(frozen=True)
class Incoming:
    """Feedback on its way in. `external_id` is the channel's own; the same twice is one item."""

    text: str
    received_at: datetime
    external_id: str | None = None
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
    incoming = Incoming(text, received_at, external_id, customer, response, raw or {})
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
    kept, new, changed = [], [], []
    for incoming in batch:
        text = storable(incoming.text)
        feedback = known.get(incoming.key)
        if feedback is None:
            feedback = _feedback(incoming, channel)
            new.append(feedback)
            if incoming.key is not None:
                known[incoming.key] = feedback
        elif feedback.text != text:
            feedback.text = text
            changed.append(feedback)
        kept.append(feedback)
    _add(new)
    _rewrite(changed)
    return kept, Captured(len(new), len(changed), len(batch) - len(new) - len(changed))


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


def _add(new: list[Feedback]) -> None:
    for feedback in Feedback.objects.bulk_create(new):
        feedback_captured.send(Feedback, feedback=feedback)


def _rewrite(changed: list[Feedback]) -> None:
    """Store new words; what was marked in the old ones is no longer evidence of anything."""
    for feedback in changed:
        this = Feedback.objects.filter(pk=feedback.pk)
        this.update(text=feedback.text, feelings=[], signs=[])
        this.queue_for_analysis()
    Tag.objects.filter(feedback__in=changed).update(start=None, end=None)
