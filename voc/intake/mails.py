"""Where mails go that came in, whichever way: one door, registered by what reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy

Receive = Callable[[bytes, datetime], object]
_receivers: list[Receive] = []


def register(receive: Receive) -> Receive:
    """Decorator for the function that takes every mail in; the same mail twice is one."""
    _receivers.append(receive)
    return receive


def receive(raw: bytes, now: datetime) -> None:
    for each in _receivers:
        each(raw, now)


def shown(raw: bytes) -> str:
    """From whom a mail is, and its subject."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    return " · ".join(str(mail[name] or "–") for name in ("From", "Subject"))
