"""One rule for every figure: to the nearest, halves away from zero."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rounding import hundredths, percent, to_whole


@pytest.mark.parametrize(
    ("exact", "whole"),
    [
        (0, 0),
        (0.5, 1),
        (1.5, 2),
        (2.5, 3),
        (12.5, 13),
        (-0.5, -1),
        (-12.5, -13),
        (12.49, 12),
        (-12.49, -12),
        (Fraction(1, 3), 0),
        (Fraction(25, 2), 13),
    ],
)
def test_halves_go_away_from_zero(exact, whole):
    assert to_whole(exact) == whole


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(0.125, "0.13"), (0.375, "0.38"), (1, "1.00"), (0, "0.00"), (0.604, "0.60")],
)
def test_figures_below_one_are_rounded_alike(exact, shown):
    assert hundredths(exact) == shown


def test_no_half_is_missed_because_of_a_float():
    """0.5 % of 10**17 + 200, which no float holds."""
    whole = 10**17 + 200
    assert percent(whole // 200, whole) == 1
    assert percent(whole // 200 - 1, whole) == 0


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_off_by_half_a_percent_at_most(part, whole):
    assert abs(percent(part, whole) - Fraction(100 * part, whole)) <= Fraction(1, 2)


@given(st.fractions())
def test_a_sign_changes_nothing_else(exact):
    assert to_whole(-exact) == -to_whole(exact)
