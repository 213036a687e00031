"""What a connector fetches: a page at a time, and where the next one begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from lib.outside.fetch import fetch
from lib.outside.public import Unreachable
from lib.tables.dates.written import YMD
from lib.tables.formats.json_records import BrokenRecord, Opened, fields_of, parsed
from voc.intake.channels.source import Fields, Source

Cursor = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """What came, and the cursor behind it. With `is_last` there is nothing more for now."""

    cursor: Cursor
    is_last: bool
    items: list[Fields] = field(default_factory=list)  # rows of the source
    mails: list[bytes] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    """Where a connector fetches from. `hold` keeps the claim, before each request."""

    address: str
    account: str
    secret: str
    since: date
    hold: Callable[[], None]

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.since, time(), UTC)

    def below(self, url: Any) -> str | None:
        """A link to the next page, where it leads to this site; others get no secret of ours."""
        return url if str(url or "").startswith(f"{self.address.rstrip('/')}/") else None

    def get(self, path: str, **options: Any) -> str:
        """The text at a path below the address, or at an address of its own."""
        self.hold()
        url = path if "://" in path else f"{self.address.rstrip('/')}{path}"
        return fetch(url, **options)


@dataclass(frozen=True)
class Kind:
    """A kind of connector: what its pages mean, and how the next one is fetched."""

    next_page: Callable[[Site, Cursor], Page]
    source: Source | None = None  # None: it fetches mails
    date_form: str = YMD


def read_json(text: str) -> Any:
    """The value of a text of JSON. Raises Unreachable for half of one, or none."""
    try:
        return parsed(text)
    except (ValueError, RecursionError):
        raise Unreachable(not_expected()) from None


def items_in(text: str, opened: Opened) -> list[Fields]:
    """The items inside an answer, as rows. Raises Unreachable for what is no such answer."""
    try:
        return list(fields_of(text, opened))
    except BrokenRecord:
        raise Unreachable(not_expected()) from None


def not_expected() -> str:
    return _("The answer breaks off, or is not what was expected. It is tried again.")
