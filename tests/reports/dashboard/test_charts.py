"""What goes into the charts: numbers that can be read off, scales that do not lie."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.dashboard import charts
from reports.dashboard.charts import BandLabel, Bar, Month


def month(nps, low=None, high=None, few=False):
    return Month(("Apr",), nps, "…", low, high, few)


@pytest.mark.parametrize(
    ("intervals", "scale"),
    [
        ([], (-50, 50)),
        ([(None, None)], (-50, 50)),
        ([(5, 30)], (0, 50)),
        ([(-5, 30)], (-50, 50)),
        ([(-80, -60)], (-100, 0)),
        ([(-100, 100)], (-100, 100)),
        ([(10, 20), (40, 70)], (0, 100)),
    ],
)
def test_the_scale_goes_in_steps_of_50_and_zero_is_on_it(intervals, scale):
    assert charts.nps_range([month(0, low, high) for low, high in intervals]) == scale


def test_a_month_without_answers_is_a_gap_and_not_a_zero():
    spec = charts.nps_chart([month(10, 0, 20), month(None)], [], description="…")

    assert [point["nps"] for point in spec["data"]["values"]] == [10, None]


def test_many_months_label_only_the_last_one_that_has_answers():
    spec = charts.nps_chart(
        [month(n, n, n) for n in range(20)] + [month(None)], [], description="…"
    )

    labels = spec["layer"][-1]["data"]["values"]
    assert [label["nps"] for label in labels] == [19]


def layers_of(months, fixes=()):
    return charts.nps_chart(months, fixes, description="…")["layer"]


def test_fixes_stand_at_their_place_with_their_number():
    rules, numbers = layers_of([month(0, 0, 0), month(0, 0, 0)], [0.5, 1.5])[3:5]

    assert rules["data"]["values"] == [{"place": 0.5}, {"place": 1.5}]
    assert numbers["data"]["values"] == [
        {"place": 0.5, "text": "1", "up": -12},
        {"place": 1.5, "text": "2", "up": -26},
    ]


@pytest.mark.parametrize(
    ("places", "written"),
    [
        ([], {}),
        ([3.0], {3.0: "1"}),
        ([3.0, 3.2, 3.2], {3.0: "1–3"}),
        ([3.0, 3.7], {3.0: "1", 3.7: "2"}),
        ([3 + n / 52 for n in range(12)], {3.0: "1–12"}),  # twelve within a week
    ],
)
def test_fixes_too_close_to_each_other_share_their_numbers(places, written):
    numbers = charts.numbers_of_fixes(places, apart=0.6)

    assert {each["place"]: each["text"] for each in numbers} == written


@given(st.lists(st.floats(0, 12), max_size=40).map(sorted))
def test_every_fix_is_numbered_and_no_two_numbers_overlap(places):
    numbers = charts.numbers_of_fixes(places, apart=1.2)

    at = [each["place"] for each in numbers]
    assert all(one + 1.2 <= other + 1e-9 for one, other in pairwise(at))
    ends = [each["text"].split("–") for each in numbers]
    said = [n for end in ends for n in range(int(end[0]), int(end[-1]) + 1)]
    assert said == [*range(1, len(places) + 1)]


def test_a_bar_marks_what_was_chosen_where_more_is_shown():
    earlier = Month(("Mar",), 0, "0", 0, 0, few=False, chosen=False)

    assert len(layers_of([month(0, 0, 0)])) + 1 == len(layers_of([earlier, month(0, 0, 0)]))
    assert layers_of([earlier, month(0, 0, 0)])[3]["data"]["values"] == [{"from": 1, "to": 2}]


def test_a_month_that_is_not_whole_has_a_shape_of_its_own():
    *_, points, _labels = layers_of([month(0, 0, 0)])

    assert points["encoding"]["shape"] == {
        "condition": {"test": "datum.whole", "value": "circle"},
        "value": "square",
    }


def test_labels_are_words_and_never_a_program():
    """Axis labels go into an expression: quotation marks in them must not end the string."""
    spec = charts.nps_chart([Month(("\"'] + alert(1)",), 0, "0", 0, 0, False)], [], description="")

    assert spec["encoding"]["x"]["axis"]["labelExpr"] == (
        r"""[["\"'] + alert(1)"]][floor(datum.value)]"""
    )


def test_bands_have_the_same_colours_everywhere():
    spec = charts.score_chart(
        [Bar(9, 1, "promoter")], [BandLabel(9.5, ("+",), "promoter")], description="…", axis="score"
    )

    bars, _, names, _ = spec["layer"]
    assert bars["encoding"]["color"] == names["encoding"]["color"]
    assert bars["encoding"]["color"]["scale"]["range"] == [
        "var(--seal)",
        "var(--stone)",
        "var(--leaf)",
    ]


def test_every_chart_says_what_it_shows():
    spec = charts.topic_chart(
        ["Price"], [{"negative": 2}], {"negative": "− negative"}, description="Topics"
    )

    assert spec["description"] == "Topics"
    assert [row["times"] for row in spec["data"]["values"]] == ["2"]
