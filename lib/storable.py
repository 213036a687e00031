"""Text and numbers from outside, as far as a database can keep them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models.lookups import In

LARGEST = 2**63 - 1  # what a column of whole numbers has room for


def storable(value: Any) -> Any:
    """The value without null characters and lone surrogates; also inside lists and mappings."""
    if isinstance(value, str):
        if value.isprintable():  # then it has neither
            return value
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


class InWhatFits(In):
    """`in`, without the numbers that no column holds: no row has one of them.

    Django sees to that for =, < and >; for `in` both databases stop at 10**30, which a form's list
    of chosen rows may well hold.
    """

    def get_prep_lookup(self) -> Any:
        numbers = super().get_prep_lookup()
        return [*filter(_fits, numbers)] if self.rhs_is_direct_value() else numbers


def _fits(number: Any) -> bool:
    return not isinstance(number, int) or -LARGEST <= number <= LARGEST
