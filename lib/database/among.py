"""Rows with one of thousands of values: by the index, however long the list is.

PostgreSQL takes a long list in a statement for a reason to read the whole table, and compares every
row with it. What stands in a table, be it made of an array, it looks up one by one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from lib.database.copy import as_array

FEW = 50  # values, that a plan of the usual kind serves best


def among(values: Collection[str]) -> Any:
    """These texts, for a filter: `Customer.objects.filter(lower__in=among(addresses))`."""
    if connection.vendor != "postgresql" or len(values) <= FEW:
        return values
    return RawSQL("SELECT unnest(%s::text[])", [as_array(values)])
