"""What a customer's attributes may be: names with one value each, as every database keeps them."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.storable import storable

MOST = 200  # attributes of one customer
LONGEST_NAME = 100  # characters
LONGEST_VALUE = 1_000
LARGEST = 2**53  # a number above it is another one in JavaScript, and in most databases

NAMES_AND_VALUES = _('Please write names and values: {"plan": "Gold"}')


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
    if isinstance(value, dict | list):
        return [ValidationError(NAMES_AND_VALUES)]
    if isinstance(value, int | float) and not _is_kept_exactly(value):
        message = _("“%(name)s” is a number that cannot be kept. Please write it in quotes.")
        return [ValidationError(message, params=shown)]
    if not name.strip() or len(name) > LONGEST_NAME or len(str(value)) > LONGEST_VALUE:
        message = _("“%(name)s”: a name has 1 to %(longest)d characters, a value %(most)d at most.")
        return [ValidationError(message, params=shown)]
    if storable([name, value]) != [name, value]:
        message = _("“%(name)s” has characters that cannot be kept. Please type it anew.")
        return [ValidationError(message, params=shown)]
    return []


def _is_kept_exactly(number: float) -> bool:
    return -LARGEST <= number <= LARGEST  # neither NaN nor Infinity is


def parse(text: str) -> Any:
    """The attributes that this JSON says. Raises ValidationError, also where it says one twice."""
    try:
        return json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise ValidationError(NAMES_AND_VALUES) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    for name, value in pairs:
        if name in attributes:
            message = _("“%(name)s” stands there twice, and only one of them can be kept.")
            raise ValidationError(message, params={"name": storable(name)[:LONGEST_NAME]})
        attributes[name] = value
    return attributes
