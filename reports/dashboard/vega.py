"""Pieces of Vega-Lite specifications: colours, frame, scales, texts.

Colours are the tokens of static/css/ink.css, so a chart follows light, dark and print by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from surveys.questions import nps

Spec = dict[str, Any]

INK, SOFT, LINE = "var(--ink)", "var(--ink-soft)", "var(--hairline)"
ACCENT, PALE, CARD, LEAF = "var(--ink-accent)", "var(--accent-pale)", "var(--card)", "var(--leaf)"
BAND_COLOURS = {nps.DETRACTOR: "var(--seal)", nps.PASSIVE: "var(--stone)", nps.PROMOTER: LEAF}
FEELING_COLOURS = {
    "negative": "var(--seal)",
    "mixed": SOFT,
    "neutral": "var(--stone)",
    "positive": LEAF,
}


def chart(
    description: str,
    *,
    height: int,
    data: list[Spec],
    encoding: Spec,
    layers: list[Spec],
) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": description,
        "width": "container",
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": None,
        "data": {"values": data},
        "encoding": encoding,
        "layer": layers,
        "config": look(),
    }


def look() -> Spec:
    """The config of every chart: fonts, and the colours of its axes."""
    quiet = {"domain": False, "tickColor": LINE, "gridColor": LINE, "titleColor": SOFT}
    return {
        "axis": {**quiet, "labelColor": SOFT, "labelFontSize": 12, "titleFontWeight": 400},
        "text": {"fontSize": 12},
        "view": {"stroke": None},
    }


def quantity(field: str, domain: list[float], axis: Spec | None) -> Spec:
    scale = {"domain": domain, "nice": False, "zero": False}
    title = {"title": None} if axis is not None else {}
    return {
        "field": field,
        "type": "quantitative",
        "scale": scale,
        "axis": {**title, **axis} if axis is not None else None,
    }


def zero_line(colour: str = SOFT) -> Spec:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": colour},
        "encoding": {"y": {"datum": 0}, "x": {"value": 0}, "x2": {"value": "width"}},
    }


def by(field: str, colours: Mapping[str, str]) -> Spec:
    scale = {"domain": list(colours), "range": list(colours.values())}
    return {"field": field, "type": "nominal", "scale": scale, "legend": None}


def text(field: str) -> Spec:
    return {"field": field, "type": "nominal"}
