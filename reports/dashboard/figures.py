"""The figures of the reports page: each one a chart, and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lib.rounding import percent
from reports.dashboard import charts
from reports.dashboard.sentences import interval
from reports.dashboard.timeline import Timeline, day_name
from reports.dashboard.vega import Spec
from reports.metrics.periods import Period, day_of
from reports.metrics.queries import PeriodScores, TopicCount
from reports.metrics.scope import Scope
from reports.models import Fix
from surveys.questions import bands, nps
from surveys.questions.nps import Tally
from voc.models import Sentiment


@dataclass(frozen=True)
class ReportFigure:
    name: str
    title: str
    chart: Spec
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]  # the first cell of each names the row
    notes: Sequence[str] = ()
    fixes: Sequence[str] = ()  # by the numbers they have in chart and table, from 1
    is_narrow: bool = False


def nps_figure(timeline: Timeline, fixes: Sequence[Fix]) -> ReportFigure:
    title = _("NPS per month")
    points = [_point(timeline, number) for number in range(len(timeline.months))]
    places = [timeline.place(fix.shipped_at) for fix in fixes if fix.shipped_at]
    return ReportFigure(
        name="months",
        title=title,
        chart=charts.nps_chart(points, places, description=_spoken_months(title, points)),
        columns=[_("month"), "NPS", "n", _("interval (95%)"), *_band_names(), _("fixes shipped")],
        rows=[_month_row(timeline, month, fixes) for month in timeline.months],
        notes=_notes(timeline),
        fixes=[_shipped(fix, timeline) for fix in fixes],
        is_narrow=len(points) < charts.FEW_POINTS,
    )


def _point(timeline: Timeline, number: int) -> charts.Month:
    month = timeline.months[number]
    tally, first = month.tally, month.period.first
    low, high = tally.interval() or (None, None)
    name = formats.date_format(first, pgettext("month on an axis", "M"))
    year = [str(first.year)] if number == 0 or first.month == 1 else []
    return charts.Month(
        label=(name, f"n {tally.total}", *year),
        nps=tally.nps,
        text=tally.shown,
        low=low,
        high=high,
        few=tally.is_few,
        whole=not timeline.remarks(month.period),
        chosen=timeline.is_chosen(month.period),
    )


def _spoken_months(title: str, points: Sequence[charts.Month]) -> str:
    """The description of the chart for those who hear it."""
    return f"{title}: " + ", ".join(f"{point.label[0]} {point.text}" for point in points)


def _notes(timeline: Timeline) -> list[str]:
    """What a reader must know of the chart, and nothing of what is not in it."""
    tallies, n = [month.tally for month in timeline.months], timeline.answered
    alone = ngettext(
        "Only %(n)d month has answers: that shows no direction yet.",
        "Only %(n)d months have answers: that shows no direction yet.",
        n,
    )
    band = _(
        "If those who answered are like the rest, the pale band holds the NPS of all customers "
        "95 times in 100."
    )
    hollow = _("A hollow point has fewer than %(few)d answers.") % {"few": nps.FEW_ANSWERS}
    square = _("A square point is a month that is not whole: answers began in it, or it goes on.")
    chosen = _("The bar below the months marks the chosen period.")
    return [
        *([alone % {"n": n}] if n < charts.FEW_POINTS else []),
        band,
        *([hollow] if any(tally.is_few and tally.total for tally in tallies) else []),
        *([square] if any(timeline.remarks(month.period) for month in timeline.months) else []),
        *([chosen] if timeline.has_earlier_months else []),
    ]


def _month_row(timeline: Timeline, month: PeriodScores, fixes: Sequence[Fix]) -> list[str]:
    tally, period = month.tally, month.period
    shipped = [
        str(number)
        for number, fix in enumerate(fixes, 1)
        if fix.shipped_at and _within(fix, period, timeline.zone)
    ]
    return [
        timeline.name(period),
        tally.shown,
        str(tally.total),
        interval(tally),
        *(str(tally.count(band)) for band in nps.BANDS),
        ", ".join(shipped),
    ]


def _within(fix: Fix, period: Period, zone: tzinfo) -> bool:
    start, end = period.moments(zone)
    return fix.shipped_at is not None and start <= fix.shipped_at < end


def _shipped(fix: Fix, timeline: Timeline) -> str:
    day = day_name(day_of(fix.shipped_at or fix.recorded_at, timeline.zone))
    return _("%(day)s: %(fix)s") % {"day": day, "fix": fix}


def _band_names() -> list[str]:
    return [bands.with_scores(band) for band in nps.BANDS]


def score_figure(scores: PeriodScores) -> ReportFigure:
    title = _("Every score from 0 to 10")
    bars = [charts.Bar(score, scores.times.get(score, 0), nps.band(score)) for score in nps.SCORES]
    total = scores.tally.total
    spoken = ", ".join(f"{bar.score}: {bar.times}" for bar in bars)
    return ReportFigure(
        name="distribution",
        title=title,
        chart=charts.score_chart(
            bars, _band_labels(scores.tally), description=f"{title}: {spoken}", axis=_("score")
        ),
        columns=[_("score"), _("answers"), _("share")],
        rows=[[str(bar.score), str(bar.times), _share(bar.times, total)] for bar in bars],
        notes=[_("Each share is rounded by itself, so they may not add up to exactly 100.")],
    )


def _band_labels(tally: Tally) -> list[charts.BandLabel]:
    """The labels from left to right, each above its bars."""
    return [_band_label(band, tally) for band in reversed(nps.BANDS)]


def _band_label(band: str, tally: Tally) -> charts.BandLabel:
    """Passives to the left and promoters to the right of where they meet: there is little room."""
    scores, name = nps.BANDS[band], str(bands.PLURALS[band])
    share = _share(tally.count(band), tally.total)
    place, side = {
        nps.DETRACTOR: ((scores[0] + scores[-1]) / 2, "center"),
        nps.PASSIVE: (scores[-1] + 0.4, "right"),
        nps.PROMOTER: (scores[0] - 0.4, "left"),
    }[band]
    return charts.BandLabel(place, (name, share), band, side)


def _share(part: int, total: int) -> str:
    return f"{percent(part, total)}%" if total else nps.NOBODY


def topic_figure(counts: Sequence[TopicCount], scope: Scope) -> ReportFigure:
    title = _("What they talk about, and how they feel about it")
    names = [each.topic.name_in_the_tree for each in counts]
    spoken = ", ".join(f"{name} {each.total}" for name, each in zip(names, counts, strict=True))
    feelings = _signs_and_words()
    return ReportFigure(
        name="topics",
        title=title,
        chart=charts.topic_chart(
            names, [each.feelings for each in counts], feelings, description=f"{title}: {spoken}"
        ),
        columns=[
            _("topic"),
            _("items"),
            *map(" ".join, feelings.values()),
            _("NPS of those who mention it"),
        ],
        rows=[[name, *_topic_row(each)] for name, each in zip(names, counts, strict=True)],
        notes=[_topics_of(scope), _how_topics_are_counted()],
    )


def _topics_of(scope: Scope) -> str:
    if not scope.every_channel:
        return _("What was written in answers to the chosen survey.")
    if scope.survey is None:
        return _("What came in through every channel.")
    every_channel = _("What came in through every channel; scores are those of “%(survey)s” alone.")
    return every_channel % {"survey": scope.survey}


def _how_topics_are_counted() -> str:
    counted = _(
        "A piece of feedback may touch several topics, and counts once in each; "
        "a topic counts those below it too. An NPS of fewer than %(few)d answers "
        "is not shown."
    )
    return counted % {"few": nps.TOO_FEW_ANSWERS}


def _signs_and_words() -> dict[str, tuple[str, str]]:
    """Sentiments from bad to good; a sign goes with each, so that nobody needs the colours."""
    signs = {
        Sentiment.NEGATIVE: "−",
        Sentiment.MIXED: "±",
        Sentiment.NEUTRAL: "·",
        Sentiment.POSITIVE: "+",
    }
    return {feeling.value: (sign, str(feeling.label)) for feeling, sign in signs.items()}


def _topic_row(count: TopicCount) -> list[str]:
    of_them = [str(count.feelings[feeling]) for feeling in _signs_and_words()]
    return [str(count.total), *of_them, of_a_segment(count.tally)]


def of_a_segment(tally: Tally) -> str:
    """The NPS of a segment; hidden when it is so small that it would point at persons."""
    if not tally.total:
        return nps.NOBODY
    if tally.is_too_few:
        return _("too few answers")
    words = {"nps": tally.shown, "n": tally.total, "interval": interval(tally)}
    return _("%(nps)s (n %(n)d, %(interval)s)") % words
