"""The one rule by which figures are rounded, wherever people read them."""

from __future__ import annotations

from fractions import Fraction
from math import floor


def to_whole(exact: Fraction | float) -> int:
    """Round to the nearest whole number, halves away from zero: 12.5 is 13, and −12.5 is −13.

    So a share and an NPS of the same people agree, and a minus changes nothing but the sign.
    Python's round() takes halves to the even neighbour. Fractions are exact, floats as they are.
    """
    size = floor(abs(Fraction(exact)) + Fraction(1, 2))
    return size if exact >= 0 else -size


def hundredths(exact: float) -> str:
    """A number to two places, by the same rule: 0.125 is 0.13."""
    return f"{to_whole(Fraction(exact) * 100) / 100:.2f}"


def percent(part: int, whole: int) -> int:
    """The share of a part in percent, from counts: 1 of 8 is 13. The whole must not be empty."""
    return to_whole(Fraction(100 * part, whole))
