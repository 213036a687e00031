"""The register of customers: what rooms above tell on the page of each, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.contrib.auth.models import User

from lib.desk.history import Event
from surveys.models import Customer

Tell = Callable[[Customer, User], Iterable[Event]]  # (customer, viewer)

_told: list[tuple[str, Tell]] = []


def register(*, permission: str) -> Callable[[Tell], Tell]:
    """Decorate a function that tells what happened with a customer, to whoever may see it."""

    def add(tell: Tell) -> Tell:
        _told.append((permission, tell))
        return tell

    return add


def told_by_other_rooms(customer: Customer, viewer: User) -> Iterator[Event]:
    for permission, tell in _told:
        if viewer.has_perm(permission):
            yield from tell(customer, viewer)
