"""The history of a row for people to read: what was done with it, when, and by whom.

What the desk writes down (Django's LogEntry) stands beside what the rows themselves know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext

SAME_MOMENT = timedelta(seconds=5)  # a verb, and what the desk writes down right after it
UNKNOWN, BY_ITSELF = "", "itself"


@dataclass(frozen=True)
class Event:
    """An entry: what was done, and the words that go with it. Nobody is UNKNOWN or BY_ITSELF."""

    at: datetime
    what: str | Promise
    who: User | Model | str = UNKNOWN
    words: str = ""
    link: str = ""  # to the page of what it is about

    @property
    def is_by_itself(self) -> bool:
        return self.who == BY_ITSELF


def of(row: Model, known: Iterable[Event]) -> list[Event]:
    """All that happened to a row, the newest first; `known` is what the rows themselves tell."""
    known, logged = list(known), list(_logged(row))
    told = [event for event in known if not _is_told_by(logged, event)]
    more = [event for event in logged if not any(_is_same(event, other) for other in told)]
    return sorted([*told, *more], key=lambda event: event.at, reverse=True)


def _logged(row: Model) -> Iterator[Event]:
    """What the desk wrote down. A verb's own words are translated when they are read."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    )
    for entry in entries.select_related("user"):
        what = entry.get_change_message() or gettext("changed")
        yield Event(entry.action_time, gettext(what), entry.user)


def _is_told_by(logged: list[Event], event: Event) -> bool:
    """The desk knows who it was, and the row does not."""
    return event.who in (UNKNOWN, BY_ITSELF) and any(_is_near(event, each) for each in logged)


def _is_same(one: Event, other: Event) -> bool:
    return one.who == other.who and _is_near(one, other)


def _is_near(one: Event, other: Event) -> bool:
    return abs(one.at - other.at) <= SAME_MOMENT
