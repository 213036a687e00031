"""The arithmetic; no database."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questions.nps import BANDS, Tally, band, change

tallies = st.builds(Tally, *[st.integers(0, 5000)] * 3)


@pytest.mark.parametrize(
    ("scores", "name"),
    [(range(0, 7), "detractor"), (range(7, 9), "passive"), (range(9, 11), "promoter")],
)
def test_every_score_has_its_band(scores, name):
    assert {band(score) for score in scores} == {name}


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_off_the_scale_is_an_error_that_says_so(score):
    with pytest.raises(ValueError, match=f"from 0 to 10, so {score} is not one"):
        band(score)


@pytest.mark.parametrize(
    ("tally", "nps", "shown"),
    [
        (Tally(70, 10, 20), 50, "+50"),
        (Tally(0, 10, 0), 0, "0"),
        (Tally(1, 4, 3), -25, "−25"),
        (Tally(1, 199, 0), 1, "+1"),  # 0.5: halves go away from zero
        (Tally(0, 199, 1), -1, "−1"),
        (Tally(), None, "–"),
    ],
)
def test_it_is_rounded_once_and_shown_with_its_sign(tally, nps, shown):
    assert (tally.nps, tally.shown) == (nps, shown)


def test_nobody_answering_is_not_a_score_of_zero():
    assert (Tally().nps, Tally().interval(), Tally().margin) == (None, None, None)


def test_tallies_add_up_like_the_people_in_them():
    assert Tally.of([10, 9, 8]) + Tally.of([0]) == Tally.of([10, 9, 8, 0]) == Tally(2, 1, 1)


def test_pooling_is_not_averaging():
    many, few = Tally(90, 0, 10), Tally(0, 0, 10)
    assert (many + few).nps == 64
    assert (many.nps + few.nps) / 2 == -10


@pytest.mark.parametrize(("n", "margin"), [(100, 14), (400, 7), (1000, 5)])
def test_the_margin_shrinks_with_the_root_of_n(n, margin):
    assert Tally(4 * n // 10, 4 * n // 10, 2 * n // 10).margin == margin


def test_a_few_happy_customers_are_not_certainty():
    low, high = Tally.of([10] * 10).interval()
    assert (round(low), round(high)) == (48, 100)


@given(tallies)
def test_the_interval_stays_on_the_scale_and_has_width(tally):
    if tally.total:
        low, high = tally.interval()
        assert -100 <= low < high <= 100


@given(tallies, tallies)
def test_a_pooled_nps_lies_between_its_parts(one, other):
    if one.total and other.total:
        assert min(one.nps, other.nps) <= (one + other).nps <= max(one.nps, other.nps)


def test_ten_points_between_150_and_150_answers_are_no_more_than_luck():
    moved = change(Tally(60, 60, 30), Tally(68, 59, 23))
    assert (moved.points, moved.is_real) == (10, False)


def test_the_same_ten_points_between_thousands_are_a_change():
    moved = change(Tally(6000, 6000, 3000), Tally(6800, 5900, 2300))
    assert (moved.points, moved.is_real) == (10, True)


def test_there_is_no_change_from_nothing():
    assert change(Tally(), Tally(1, 0, 0)) is None


@pytest.mark.parametrize(
    ("n", "few", "too_few"), [(9, True, True), (10, True, False), (30, False, False)]
)
def test_small_groups_are_marked(n, few, too_few):
    assert (Tally(passives=n).is_few, Tally(passives=n).is_too_few) == (few, too_few)


def test_every_score_is_in_one_band_and_every_band_is_counted():
    assert sorted(score for scores in BANDS.values() for score in scores) == [*range(11)]
    assert [Tally(3, 2, 1).count(each) for each in BANDS] == [3, 2, 1]


@given(st.lists(st.integers(0, 10)))
def test_how_often_each_score_was_given_says_as_much_as_the_scores(scores):
    assert Tally.of(scores) == Tally.of_times(Counter(scores))
