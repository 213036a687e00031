"""What a customer's attributes may be: names with values, as every database keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.storable import storable

MOST = 200  # attributes of one customer
LONGEST_NAME = 100  # characters
LONGEST_VALUE = 1_000
MOST_LEVELS = 3  # of values inside values
LARGEST = 10**30  # no customer has a number above it, and some programs would change it

NAMES_AND_VALUES = _("Attributes are names with values, with three more levels in them at most.")


def check(attributes: Any) -> None:
    """Validate attributes, whoever made them. Raises ValidationError, a sentence a fault."""
    if not isinstance(attributes, dict):
        raise ValidationError(NAMES_AND_VALUES)
    if len(attributes) > MOST:
        message = _("A customer has %(most)d attributes at most, and these are %(n)d.")
        raise ValidationError(message, params={"most": MOST, "n": len(attributes)})
    faults = [fault for name, value in attributes.items() for fault in _faults(name, value)]
    if faults:
        raise ValidationError(faults)


def _faults(name: Any, value: Any) -> list[ValidationError]:
    """What is wrong with one attribute, at most one thing."""
    shown = {
        "name": storable(str(name))[:LONGEST_NAME],
        "longest": LONGEST_NAME,
        "most": LONGEST_VALUE,
    }
    if _is_too_deep(value):
        return [ValidationError(NAMES_AND_VALUES)]
    if not all(_is_kept_exactly(number) for number in _numbers(value)):
        message = _("“%(name)s” is a number that cannot be kept. Please write it in quotes.")
        return [ValidationError(message, params=shown)]
    if len(name) > LONGEST_NAME or len(str(value)) > LONGEST_VALUE:
        message = _("“%(name)s”: a name has %(longest)d characters at most, a value %(most)d.")
        return [ValidationError(message, params=shown)]
    if storable([name, value]) != [name, value]:
        message = _("“%(name)s” has characters that cannot be kept. Please type it anew.")
        return [ValidationError(message, params=shown)]
    return []


def _is_too_deep(value: Any, levels: int = MOST_LEVELS) -> bool:
    """Programs give lists and names with values of their own; people see them, and change none."""
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return not levels or any(_is_too_deep(part, levels - 1) for part in parts)


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _numbers(part)


def _is_kept_exactly(number: float) -> bool:
    return -LARGEST < number < LARGEST  # neither NaN nor Infinity is
