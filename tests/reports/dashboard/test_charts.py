"""What goes into the charts: numbers that can be read off, scales that do not lie."""

import pytest

from reports.dashboard import charts
from reports.dashboard.charts import BandLabel, Bar, Month, Shipped


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


def test_fixes_stand_at_their_place():
    spec = charts.nps_chart([month(0, 0, 0)], [Shipped(0.5, "Faster")], description="…")

    assert spec["layer"][3]["data"]["values"] == [
        {"place": 0.5, "text": "Faster", "top": -10, "side": "left"}
    ]


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
