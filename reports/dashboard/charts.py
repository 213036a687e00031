"""Vega-Lite specifications of the charts. Data and words come in, a dictionary goes out.

static/js/charts.js puts a chart into its page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil, floor

from reports.dashboard import vega
from reports.dashboard.vega import Spec

SCORE_RANGE = [-0.6, 10.9]  # from 0 to 10, with half a bar and a name's overhang at the ends
FEW_POINTS = 3  # fewer months than this have no line worth the name
NUMBERS_APART = 0.08  # of the width: so 13–15 and the next one but one fit a phone
NUMBER_ROWS = (-12, -26)
MOST_LABELS = 14  # more months than this, and only the last one is labelled
SIGNED_LABEL = "datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + -datum.value : '0'"


@dataclass(frozen=True)
class Month:
    """The NPS of a month; None where nobody answered."""

    label: tuple[str, ...]  # lines below the axis
    nps: int | None
    text: str
    low: float | None
    high: float | None
    few: bool
    whole: bool = True
    chosen: bool = True


@dataclass(frozen=True)
class Bar:
    score: int
    times: int
    band: str


@dataclass(frozen=True)
class BandLabel:
    """The name of a band, which stands above its bars, in its colour."""

    place: float
    text: tuple[str, ...]
    band: str
    side: str = "center"  # of it, from where its place is


def nps_chart(months: Sequence[Month], fixes: Sequence[float], *, description: str) -> Spec:
    """A line in its interval. Months with few answers are hollow, those that are not whole square.

    Fixes are places among the months, in order: 1.5 is the middle of the second. They are thin
    rules with their numbers above.
    """
    points = [{**asdict(month), "place": i + 0.5} for i, month in enumerate(months)]
    lowest, highest = nps_range(months)
    return vega.chart(
        description,
        height=280,
        data=points,
        encoding={
            "x": _places(len(months), [month.label for month in months]),
            "y": vega.quantity("nps", [lowest, highest], _nps_axis(lowest, highest)),
        },
        layers=[
            {"mark": {"type": "area", "color": vega.PALE}, "encoding": _interval()},
            _bars_of_lonely_months(points),
            vega.zero_line(),
            *_fix_rules(fixes, len(months)),
            *_bar_below_the_chosen(months),
            {"mark": {"type": "line", "color": vega.ACCENT, "strokeWidth": 2}},
            {"mark": _point(), "encoding": {"fill": _hollow_when_few(), "shape": _square()}},
            _labels(points),
        ],
    )


def nps_range(months: Sequence[Month]) -> tuple[int, int]:
    """A sensible scale: in steps of 50, with zero in it, wide enough for every interval."""
    lows = [month.low for month in months if month.low is not None]
    highs = [month.high for month in months if month.high is not None]
    lowest = 50 * floor(min(lows, default=0) / 50)
    highest = 50 * ceil(max(highs, default=0) / 50)
    return min(lowest, 0 if highest else -50), max(highest, 0 if lowest else 50)


def score_chart(
    bars: Sequence[Bar], bands: Sequence[BandLabel], *, description: str, axis: str
) -> Spec:
    """Eleven bars in the colours of their bands, whose names stand above them."""
    data = [{**asdict(bar), "from": bar.score - 0.42, "to": bar.score + 0.42} for bar in bars]
    most = max((bar.times for bar in bars), default=0) or 1
    scores = {"values": [bar.score for bar in bars], "title": axis, "grid": False}
    up = vega.quantity("times", [0, most], None)
    return vega.chart(
        description,
        height=200,
        data=data,
        encoding={"y": up},
        layers=[
            {
                "mark": "rect",
                "encoding": {
                    "x": vega.quantity("from", SCORE_RANGE, scores),
                    "x2": {"field": "to"},
                    "y2": {"datum": 0},
                    "color": vega.by("band", vega.BAND_COLOURS),
                },
            },
            {
                "mark": {"type": "text", "dy": -8, "color": vega.INK},
                "encoding": {
                    "x": vega.quantity("score", SCORE_RANGE, scores),
                    "text": vega.text("times"),
                },
            },
            {
                "data": {"values": [asdict(band) for band in bands]},
                "mark": {
                    "type": "text",
                    "fontSize": 11,
                    "fontWeight": 600,
                    "lineHeight": 15,
                    "align": {"expr": "datum.side"},
                },
                "encoding": {
                    "x": vega.quantity("place", SCORE_RANGE, scores),
                    "y": {"value": -52},
                    "text": vega.text("text"),
                    "color": vega.by("band", vega.BAND_COLOURS),
                },
            },
            vega.zero_line(vega.INK),
        ],
    )


def topic_chart(
    names: Sequence[str],
    counts: Sequence[Mapping[str, int]],
    feelings: Mapping[str, Sequence[str]],
    *,
    description: str,
) -> Spec:
    """A row for each topic, a lane for each feeling, a bar as long as it was often."""
    x = vega.quantity("from", [0, len(feelings)], _lanes(feelings))
    colour = vega.by("feeling", vega.FEELING_COLOURS)
    return vega.chart(
        description,
        height=30 * len(names),
        data=_bars_in_lanes(names, counts, list(feelings)),
        encoding={"y": _rows()},
        layers=[
            {
                "mark": {"type": "bar", "cornerRadiusEnd": 2, "height": 14},
                "encoding": {"x": x, "x2": {"field": "to"}, "color": colour},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": vega.INK},
                "encoding": {"x": {**x, "field": "to"}, "text": vega.text("times")},
            },
        ],
    )


def _bars_in_lanes(
    names: Sequence[str], counts: Sequence[Mapping[str, int]], feelings: Sequence[str]
) -> list[Spec]:
    """The longest bar of all leaves room in its lane for its number."""
    most = max((n for each in counts for n in each.values()), default=0) or 1
    return [
        {
            "topic": name,
            "feeling": feeling,
            "from": lane,
            "to": lane + 0.55 * each[feeling] / most,
            "times": str(each[feeling]) if each[feeling] else "·",
        }
        for name, each in zip(names, counts, strict=True)
        for lane, feeling in enumerate(feelings)
    ]


def _lanes(feelings: Mapping[str, Sequence[str]]) -> Spec:
    return {
        "orient": "top",
        "values": list(range(len(feelings))),
        "labelExpr": f"{json.dumps(list(feelings.values()))}[datum.value]",
        "labelAlign": "left",
        "labelFontSize": 11,
        "labelFontWeight": 600,
        "labelLineHeight": 14,
        "labelPadding": 18,  # two lines, and they go down
        "labelOverlap": False,
        "grid": True,
    }


def _rows() -> Spec:
    axis = {"title": None, "ticks": False, "labelPadding": 8, "labelLimit": 160}
    return {"field": "topic", "type": "nominal", "sort": None, "axis": axis}


def _places(months: int, labels: Sequence[tuple[str, ...]]) -> Spec:
    axis = {
        "values": [i + 0.5 for i in range(months)],
        "labelExpr": f"{json.dumps(labels)}[floor(datum.value)]",
        "labelOverlap": True,
        "labelLineHeight": 15,
        "grid": False,
        "ticks": False,
    }
    return vega.quantity("place", [0, months], axis)


def _nps_axis(lowest: int, highest: int) -> Spec:
    step = 25 if highest - lowest <= 100 else 50
    return {
        "values": list(range(lowest, highest + 1, step)),
        "labelExpr": SIGNED_LABEL,
        "ticks": False,
    }


def _interval() -> Spec:
    return {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}


def _bars_of_lonely_months(points: Sequence[Spec]) -> Spec:
    """A month between two silent ones has no band to its sides, but an interval like any other."""
    answered = [False, *(point["nps"] is not None for point in points), False]
    lonely = [point for i, point in enumerate(points) if not answered[i] and not answered[i + 2]]
    return {
        "data": {"values": lonely},
        "mark": {"type": "rule", "color": vega.PALE, "size": 12},
        "encoding": _interval(),
    }


def _fix_rules(fixes: Sequence[float], months: int) -> list[Spec]:
    """A rule for each fix; those close together share the numbers above the first of them."""
    x = {"field": "place", "type": "quantitative"}
    rules = {
        "data": {"values": [{"place": place} for place in fixes]},
        "mark": {"type": "rule", "color": vega.LEAF, "strokeDash": [3, 3]},
        "encoding": {"x": x, "y": {"value": -4}, "y2": {"value": "height"}},
    }
    numbers = {
        "data": {"values": numbers_of_fixes(fixes, apart=months * NUMBERS_APART)},
        "mark": {"type": "text", "color": vega.LEAF, "fontWeight": 600},
        "encoding": {"x": x, "y": {"field": "up", "scale": None}, "text": vega.text("text")},
    }
    return [rules, numbers] * bool(fixes)


def numbers_of_fixes(fixes: Sequence[float], apart: float) -> list[Spec]:
    """The numbers to write, and where: in two rows by turns, none nearer than `apart` to the next.

    Rows are pixels above the plot.
    """
    groups: list[list[int]] = []
    for number, place in enumerate(fixes):
        if groups and place - fixes[groups[-1][0]] < apart:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [
        {"place": fixes[group[0]], "text": _numbered(group), "up": NUMBER_ROWS[turn % 2]}
        for turn, group in enumerate(groups)
    ]


def _numbered(group: Sequence[int]) -> str:
    first, last = group[0] + 1, group[-1] + 1
    return str(first) if first == last else f"{first}–{last}"


def _bar_below_the_chosen(months: Sequence[Month]) -> list[Spec]:
    """A bar along the axis, where the chart shows more than what was chosen."""
    first = next(i for i, month in enumerate(months) if month.chosen)
    bar = {
        "data": {"values": [{"from": first, "to": len(months)}]},
        "mark": {"type": "rule", "color": vega.ACCENT, "size": 5, "yOffset": -3},
        "encoding": {
            "x": {"field": "from", "type": "quantitative"},
            "x2": {"field": "to"},
            "y": {"value": "height"},
        },
    }
    return [bar] * bool(first)


def _point() -> Spec:
    return {
        "type": "point",
        "stroke": vega.ACCENT,
        "strokeWidth": 2,
        "size": 50,
        "opacity": 1,
        "filled": False,
    }


def _hollow_when_few() -> Spec:
    return {"condition": {"test": "datum.few", "value": vega.CARD}, "value": vega.ACCENT}


def _square() -> Spec:
    return {"condition": {"test": "datum.whole", "value": "circle"}, "value": "square"}


def _labels(points: list[Spec]) -> Spec:
    """The number at each point; when they are many, only at the last."""
    known = [point for point in points if point["nps"] is not None]
    return {
        "data": {"values": known if len(points) <= MOST_LABELS else known[-1:]},
        "mark": {"type": "text", "dy": -13, "fontWeight": 600, "color": vega.INK},
        "encoding": {"text": vega.text("text")},
    }
