"""Is this post a person's?"""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.responses.bot_detection import BURST, TIME_TO_READ, HumanSigns, is_a_scan

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LONG_AGO = NOW - TIME_TO_READ
JUST_NOW = NOW - TIME_TO_READ + timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("signs", "are_human"),
    [
        (HumanSigns(), False),
        (HumanSigns(touched=True), True),
        (HumanSigns(touched=True, scripted=True), True),
        (HumanSigns(scripted=True), False),
        (HumanSigns(scripted=True, asked_again_at=LONG_AGO), False),
        (HumanSigns(asked_again_at=LONG_AGO), True),
        (HumanSigns(asked_again_at=JUST_NOW), False),
        (HumanSigns(asked_again_at=NOW + timedelta(days=1)), False),
    ],
)
def test_a_person_touches_the_page_or_takes_the_time_for_one_more_press(signs, are_human):
    assert signs.are_human(NOW) is are_human


@pytest.mark.parametrize(
    ("scores", "is_scan"),
    [
        ([], False),
        ([9], False),
        ([9, 9, 9, 9], False),
        ([8, 9], False),
        ([8, 9, 8, 9], False),
        ([8, 9, 10], True),
        (list(range(11)), True),
    ],
)
def test_three_different_scores_at_once_are_a_scan(scores, is_scan):
    assert is_a_scan([(NOW, score) for score in scores], NOW) is is_scan


def test_nobody_is_hurried_a_slow_change_of_mind_is_no_scan():
    scores = [(NOW - BURST * n, score) for n, score in enumerate([8, 9, 10])]

    assert is_a_scan(scores, NOW) is False
