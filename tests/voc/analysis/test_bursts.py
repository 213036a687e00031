"""What is said clearly more often now: found when it is there, and seldom when it is luck."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.analysis import bursts
from voc.analysis.bursts import Count


def customers(size, **said):
    """So many customers; each phrase is said by as many of them, at places of its own."""
    made, place = [set() for _customer in range(size)], 0
    for phrase, n in said.items():
        for customer in range(place, place + n):
            made[customer].add(phrase.replace("_", " "))
        place += n
    return made


def found(now, before):
    return [burst.phrase for burst in bursts.find_bursts(now, before)]


CASES = [
    ("from nothing", {"fee": 12}, {}, ["fee"]),
    ("from a little", {"fee": 20}, {"fee": 9}, ["fee"]),
    ("as before", {"fee": 20}, {"fee": 60}, []),
    ("less than before", {"fee": 5}, {"fee": 60}, []),
    ("not twice as often", {"fee": 80}, {"fee": 150}, []),
    ("by too few", {"fee": 4}, {}, []),
    ("two of them, the stronger first", {"fee": 12, "app": 15}, {}, ["app", "fee"]),
]


@pytest.mark.parametrize(
    ("now", "before", "themes"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_bursts(now, before, themes):
    assert found(customers(300, **now), customers(900, **before)) == themes


def test_nobody_said_anything_before_so_nothing_is_new():
    assert found(customers(300, fee=50), []) == []
    assert found([], customers(300, fee=50)) == []


def test_five_of_very_many_are_not_worth_a_look():
    assert found(customers(5000, fee=9), customers(15000)) == []
    assert found(customers(5000, fee=10), customers(15000)) == ["fee"]


def test_a_customer_counts_once_however_often_they_say_it():
    now = [["fee"] * 20, *customers(300)]

    assert found(now, customers(900)) == []


def test_the_longer_phrase_stands_for_its_parts_when_nearly_all_use_it():
    now = [{"deliveri", "fee", "deliveri fee"}] * 12 + [{"fee"}] * 2 + customers(286)

    [theme] = bursts.find_bursts(now, customers(900))

    assert theme.phrase == "deliveri fee"
    assert set(theme.variants) == {"deliveri", "fee"}
    assert theme.count == Count(12, 300, 0, 900)


def test_the_shorter_phrase_stands_for_the_longer_ones_when_few_use_those():
    now = [{"fee", "late fee"}] * 8 + [{"fee"}] * 12 + customers(280)

    [theme] = bursts.find_bursts(now, customers(900))

    assert (theme.phrase, theme.variants) == ("fee", ("late fee",))


def test_phrases_of_mostly_the_same_customers_are_one_theme():
    now = [{"sepa", "transfer"}] * 9 + [{"sepa"}] * 3 + [{"transfer"}] * 5 + customers(283)

    [theme] = bursts.find_bursts(now, customers(900))

    assert (theme.phrase, theme.variants) == ("transfer", ("sepa",))


def test_phrases_of_different_customers_are_two():
    now = [{"sepa"}] * 12 + [{"wifi"}] * 12 + customers(276)

    assert found(now, customers(900)) == ["sepa", "wifi"]


def test_whoever_knows_that_two_phrases_mean_the_same_can_say_so():
    now = [{"charg"}] * 12 + [{"fee"}] * 14 + customers(274)

    [theme] = bursts.find_bursts(
        now, customers(900), are_similar=lambda one, other: {one, other} == {"fee", "charg"}
    )

    assert (theme.phrase, theme.variants) == ("fee", ("charg",))


def test_the_places_of_those_who_say_it_now_are_known():
    [theme] = bursts.find_bursts([set(), *[{"fee"}] * 10, *customers(290)], customers(900))

    assert theme.said_by == frozenset(range(1, 11))


@pytest.mark.parametrize(
    ("n", "said", "now", "before", "expected"),
    [
        (1, 1, 1, 3, 1 / 4),
        (2, 2, 2, 2, 1 / 6),
        (1, 2, 2, 2, 5 / 6),
        (0, 5, 10, 30, 1.0),
        (3, 3, 3, 0, 1.0),  # nothing to compare with
    ],
)
def test_the_chance_is_that_of_drawing_without_putting_back(n, said, now, before, expected):
    assert bursts.hypergeometric_p_value(n, said, now, before) == pytest.approx(expected)


@given(now=st.integers(1, 60), before=st.integers(1, 60), data=st.data())
def test_chances_fall_from_one_as_more_say_it(now, before, data):
    said = data.draw(st.integers(1, now + before))
    chances = [
        bursts.hypergeometric_p_value(n, said, now, before) for n in range(min(said, now) + 1)
    ]

    assert chances[0] == 1.0
    assert chances == sorted(chances, reverse=True)
    assert all(0 < chance <= 1 for chance in chances)


@pytest.mark.parametrize(
    ("least", "size"),
    [
        ([], 1),
        ([0.001], 1),
        ([0.001] * 10, 10),  # any of them could be clear
        ([0.5] * 1000, 1),  # none ever could: they take no share
        ([0.001] * 10 + [0.02] * 50, 10),
    ],
)
def test_luck_is_shared_out_among_those_that_could_be_clear(least, size):
    assert bursts.tarone_divisor(least, p_value=0.1) == size


def test_shuffled_customers_seldom_show_a_theme():
    """Fewer than one in ten runs (`MOST_FALSE_THEMES`); the bench measures it on real texts."""
    dice = random.Random(20261122)
    words = [f"word{rank}" for rank in range(1, 200) for _times in range(400 // rank)]
    said = [set(dice.choices(words, k=5)) for _customer in range(1000)]

    runs = [_shuffled(said, dice) for _run in range(60)]

    assert sum(map(len, runs)) <= 6


def _shuffled(said, dice):
    shuffled = dice.sample(said, k=len(said))
    return bursts.find_bursts(shuffled[:250], shuffled[250:])
