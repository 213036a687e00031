"""What comes in, what is known of it already, and what the one tells the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from lib.storable import storable


@dataclass(slots=True)
class Incoming:
    """Feedback on its way in. `external_id` is the channel's own; the same twice is one item.

    `address` is whose words these are, for `linked` to find the customer; it is not kept.
    Not `is_dated` means that nobody said when it was received: `received_at` is when it came in.
    """

    text: str
    received_at: datetime
    external_id: str | None = None
    is_dated: bool = True
    customer_id: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""


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


class Item(Protocol):
    """What is kept of a piece of feedback as it came in: a Feedback, or a Known of many."""

    text: str
    customer_id: int | None
    raw: dict[str, Any]
    received_at: datetime


@dataclass(slots=True)
class Known:
    """One of many items; without an id it is new. Models of them would cost more than the rest."""

    id: int | None
    external_id: str | None
    text: str
    customer_id: int | None
    raw: dict[str, Any]
    received_at: datetime


def new_item(incoming: Incoming) -> Known:
    return Known(
        None,
        incoming.external_id,
        storable(incoming.text),
        incoming.customer_id,
        storable(incoming.raw),
        incoming.received_at,
    )


def reword(item: Item, incoming: Incoming) -> bool:
    """Give the item its newer words, not yet in the database. False when it has them."""
    before, item.text = item.text, storable(incoming.text)
    return item.text != before


def better(item: Item, incoming: Incoming) -> bool:
    """Tell the item what the channel now knows of it, not yet in the database. False if nothing.

    What it no longer says stays as it was known.
    """
    before = item.customer_id, item.raw, item.received_at
    item.customer_id = incoming.customer_id or item.customer_id
    item.raw = {**item.raw, **storable(incoming.raw)}
    if incoming.is_dated:
        item.received_at = incoming.received_at
    return before != (item.customer_id, item.raw, item.received_at)
