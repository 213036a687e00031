"""The arithmetic; no database."""

from collections import Counter
from math import comb, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rounding import percent, to_whole
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
    assert (Tally().nps, Tally().interval()) == (None, None)


def test_tallies_add_up_like_the_people_in_them():
    assert Tally.of([10, 9, 8]) + Tally.of([0]) == Tally.of([10, 9, 8, 0]) == Tally(2, 1, 1)


def test_pooling_is_not_averaging():
    many, few = Tally(90, 0, 10), Tally(0, 0, 10)
    assert (many + few).nps == 64
    assert (many.nps + few.nps) / 2 == -10


@pytest.mark.parametrize(("n", "width"), [(100, 29), (400, 15), (1000, 9)])
def test_the_interval_shrinks_with_the_root_of_n(n, width):
    low, high = Tally(4 * n // 10, 4 * n // 10, 2 * n // 10).interval()
    assert round(high - low) == width


def test_a_few_happy_customers_are_not_certainty():
    low, high = Tally.of([10] * 10).interval()
    assert (round(low), round(high)) == (48, 100)


@given(tallies)
def test_the_interval_stays_on_the_scale_and_has_width(tally):
    if tally.total:
        low, high = tally.interval()
        assert -100 <= low < high <= 100


@given(tallies)
def test_the_interval_holds_the_number_that_stands_beside_it(tally):
    if tally.total:
        low, high = tally.interval()
        assert low <= tally.exact <= high
        assert to_whole(low) <= tally.nps <= to_whole(high)


@pytest.mark.parametrize("score", range(11))
def test_even_a_single_answer_lies_in_its_interval(score):
    low, high = Tally.of([score]).interval()
    assert low <= Tally.of([score]).nps <= high


def test_a_share_and_an_nps_of_the_same_people_agree():
    one_of_eight = Tally(promoters=1, passives=7)
    assert (percent(1, 8), one_of_eight.shown) == (13, "+13")
    assert Tally(passives=7, detractors=1).shown == "−13"


@given(tallies)
def test_to_swap_promoters_and_detractors_is_to_swap_the_sign(tally):
    if tally.total:
        assert tally.nps == -Tally(tally.detractors, tally.passives, tally.promoters).nps


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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Tally(80), Tally(detractors=1)),  # one answer against 80
        (Tally(detractors=1), Tally(80)),
        (Tally(80), Tally(detractors=9)),
        (Tally(9), Tally(detractors=9)),
    ],
)
def test_under_ten_answers_on_either_side_are_too_few_to_say(before, after):
    moved = change(before, after)
    assert (moved.is_too_few, moved.is_real) == (True, False)


def test_ten_answers_on_each_side_may_say_something():
    moved = change(Tally(80), Tally(detractors=10))
    assert (moved.is_too_few, moved.is_real, moved.points) == (False, True, -200)


def test_what_went_down_as_shown_never_went_up():
    """Ten promoters of ten are adjusted far down, so that 490 of 500 seem to be an improvement."""
    before, after = Tally(10), Tally(490, 10)
    assert after.adjusted - before.adjusted > 20
    assert (change(before, after).points, change(before, after).is_real) == (-2, False)


@given(tallies, tallies)
def test_a_change_there_and_back_is_the_same(one, other):
    there, back = change(one, other), change(other, one)
    if there and back:
        assert (there.points, there.is_real) == (-back.points, back.is_real)


@pytest.mark.parametrize("n", [(10, 10), (10, 24)])
@pytest.mark.parametrize(
    "shares",
    [(0.5, 0, 0.5), (0.4, 0.4, 0.2), (0.1, 0.8, 0.1), (0.9, 0.08, 0.02), (0.05, 0.15, 0.8)],
)
def test_luck_is_called_a_change_five_times_in_a_hundred_at_most(n, shares):
    """Exactly: every pair of groups that the same customers may send, by how likely it is."""
    likely = [all_groups(each, shares) for each in n]
    called = sum(
        p * q
        for before, p in likely[0]
        for after, q in likely[1]
        if p * q > 1e-9 and change(before, after).is_real
    )
    assert called <= 0.05


def all_groups(n, shares):
    """Every group of this many people, and how likely it is."""
    likely = {}
    for up in range(n + 1):
        for down in range(n + 1 - up):
            group = up, n - up - down, down
            likely[Tally(*group)] = comb(n, up) * comb(n - up, down) * prod(map(pow, shares, group))
    return likely.items()


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
