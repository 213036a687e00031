"""Add or update customers by the rows of a table: a batch at a time, a few statements for all."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from lib.database.copy import add_rows, change_rows
from lib.tables.import_rows import RowOutcome
from surveys.models import Customer

TOLD = ["name", "language", "attributes", "unsubscribed_at"]  # columns that a row may change
MOST_TRIES = 10  # to add those whom somebody else is adding at the same moment


Told = tuple[str, str, dict[str, Any], datetime | None]  # in the order of the columns


class CustomerRow(NamedTuple):
    """A row of the table, about one customer; fields are empty where it says nothing."""

    email: str
    name: str
    language: str
    attributes: dict[str, str]
    unsubscribed_at: datetime | None = None


@dataclass(slots=True)
class Known:
    """What is known of a customer, as far as a table tells it. Without an id the customer is new.

    Not a model: to make one of each row costs more than all the rest.
    """

    id: int | None
    email: str
    told: Told
    before: Told

    def learn(self, row: CustomerRow) -> bool:
        """Take over what the row says, not yet in the database. False when all of it was known.

        Who has unsubscribed stays so, since the first date, whatever a table says.
        """
        name, language, attributes, unsubscribed_at = known = self.told
        self.told = (
            row.name or name,
            row.language or language,
            {**attributes, **row.attributes},
            unsubscribed_at or row.unsubscribed_at,
        )
        return self.told != known


def add_or_update(rows: list[CustomerRow], *, language: str) -> Counter[RowOutcome]:
    """Add or update the customer of each row; one outcome for each. `language` is for new ones."""
    for _again in range(MOST_TRIES - 1):
        # Somebody else has added one of them just now: look again, and update that one.
        with suppress(IntegrityError):
            return _write(rows, language)
    return _write(rows, language)


@transaction.atomic
def _write(rows: list[CustomerRow], language: str) -> Counter[RowOutcome]:
    """Lock whom we know in the order of ids and add whom we do not in that of addresses.

    Everybody else does it in the same orders, so nobody waits in a circle.
    """
    known = _known(rows)
    outcomes: Counter[RowOutcome] = Counter()
    changed: dict[int, Known] = {}
    for row in rows:
        customer, outcome = _learn(row, known, language)
        outcomes[outcome] += 1
        if customer.id and outcome is RowOutcome.UPDATED:
            changed[customer.id] = customer
    _add([customer for customer in known.values() if customer.id is None])
    _change(changed)
    return outcomes


def _known(rows: list[CustomerRow]) -> dict[str, Known]:
    """Those customers whom we know, by address in small letters; locked."""
    found = Customer.objects.at_any([row.email for row in rows]).order_by("pk")
    locked = found.select_for_update(no_key=True)  # who answers meanwhile need not wait
    return {
        address: Known(pk, email, told, told)
        for address, pk, email, *rest in locked.values_list("lower", "id", "email", *TOLD)
        for told in [tuple(rest)]
    }


def _learn(row: CustomerRow, known: dict[str, Known], language: str) -> tuple[Known, RowOutcome]:
    """The customer of a row. A table may name one person twice: the second time is an update."""
    address = row.email.lower()
    if customer := known.get(address):
        return customer, RowOutcome.UPDATED if customer.learn(row) else RowOutcome.UNCHANGED
    email, name, said, attributes, unsubscribed_at = row
    told = name, said or language, attributes, unsubscribed_at
    known[address] = new = Known(None, email, told, told)
    return new, RowOutcome.ADDED


def _add(new: list[Known]) -> None:
    if new:
        rows = [(customer.email, *customer.told) for customer in new]
        add_rows(Customer, ["email", *TOLD], rows, one_order=lambda row: row[0].lower())


def _change(changed: dict[int, Known]) -> None:
    """Write those columns in which any of them differs: what is found by its name is made anew of
    each row that is given one, be it the same."""
    told = [customer.told for customer in changed.values()]
    before = [customer.before for customer in changed.values()]
    columns = zip(zip(*before, strict=True), zip(*told, strict=True), strict=True)
    differs = [old != new for old, new in columns]
    if any(differs):
        rows = [(pk, *compress(one, differs)) for pk, one in zip(changed, told, strict=True)]
        change_rows(Customer, [*compress(TOLD, differs)], rows)
