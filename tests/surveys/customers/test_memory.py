"""A long table takes no more memory than a short one: a batch at a time is kept."""

import tracemalloc

import pytest

from lib.tables import import_rows
from lib.tables.read import Row
from tests.surveys.customers.tables import customers_of

pytestmark = pytest.mark.django_db

ROWS_PER_BATCH = 100


def largest(rows):
    """The most memory, in bytes, that an import of so many rows, all new, has taken."""
    importer = customers_of("email,name,plan\nhana@example.com,Hana,Gold\n")
    made = (
        Row(n, {"email": f"c{n}.{rows}@example.com", "name": "Hana", "plan": f"{n:0400}"})
        for n in range(rows)
    )
    tracemalloc.start()
    import_rows.import_rows(made, understand=importer.understand, store=importer.store)
    (_now, most) = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_rows(monkeypatch):
    monkeypatch.setattr(import_rows, "ROWS_PER_BATCH", ROWS_PER_BATCH)
    largest(500)  # what is made once

    assert largest(5_000) < 1.3 * largest(1_000)
