"""The figures of the reports page: each one a chart, and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.dashboard import charts
from reports.dashboard.vega import Spec
from reports.metrics.periods import Period, day_of
from reports.metrics.queries import PeriodScores, TopicCount
from reports.models import Fix
from surveys.questions import bands, nps
from surveys.questions.nps import Tally
from voc.models import Sentiment

NO_NUMBER = "–"


@dataclass(frozen=True)
class ReportFigure:
    name: str
    title: str
    chart: Spec
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]  # the first cell of each names the row
    note: str = ""


def nps_figure(months: Sequence[PeriodScores], fixes: Sequence[Fix], zone: tzinfo) -> ReportFigure:
    title = _("NPS per month")
    marks = [_shipped(fix, months, zone) for fix in fixes]
    points = [_point(month, number) for number, month in enumerate(months)]
    return ReportFigure(
        name="months",
        title=title,
        chart=charts.nps_chart(points, marks, description=_spoken_months(title, points)),
        columns=[_("month"), "NPS", "n", _("interval (95%)"), *_band_names(), _("fixes shipped")],
        rows=[_month_row(month, fixes, zone) for month in months],
        note=_(
            "The truth lies in the pale band 95 times in 100. "
            "A hollow point has fewer than %(few)d answers."
        )
        % {"few": nps.FEW_ANSWERS},
    )


def _point(month: PeriodScores, number: int) -> charts.Month:
    tally, first = month.tally, month.period.first
    low, high = tally.interval() or (None, None)
    name = formats.date_format(first, pgettext("month on an axis", "M"))
    year = [str(first.year)] if number == 0 or first.month == 1 else []
    label = (name, f"n {tally.total}", *year)
    return charts.Month(label, tally.nps, tally.shown, low, high, tally.is_few)


def _shipped(fix: Fix, months: Sequence[PeriodScores], zone: tzinfo) -> charts.Shipped:
    day = day_of(fix.shipped_at or fix.recorded_at, zone)
    number, month = next(
        (i, m.period) for i, m in enumerate(months) if m.period.first <= day < m.period.end
    )
    return charts.Shipped(number + (day - month.first).days / month.days, str(fix))


def _spoken_months(title: str, points: Sequence[charts.Month]) -> str:
    """The description of the chart for those who hear it."""
    return f"{title}: " + ", ".join(f"{point.label[0]} {point.text}" for point in points)


def _month_row(month: PeriodScores, fixes: Sequence[Fix], zone: tzinfo) -> list[str]:
    tally, period = month.tally, month.period
    shipped = [str(fix) for fix in fixes if fix.shipped_at and _within(fix, period, zone)]
    return [
        period_name(period),
        tally.shown,
        str(tally.total),
        interval(tally),
        *(str(tally.count(band)) for band in nps.BANDS),
        " / ".join(shipped),
    ]


def _within(fix: Fix, period: Period, zone: tzinfo) -> bool:
    start, end = period.moments(zone)
    return fix.shipped_at is not None and start <= fix.shipped_at < end


def period_name(period: Period) -> str:
    """A whole month by its name, any other period by its first and last day."""
    if period.whole_months == 1:
        return formats.date_format(period.first, "YEAR_MONTH_FORMAT")
    ends = [formats.date_format(day, "DATE_FORMAT") for day in (period.first, period.last)]
    return ends[0] if period.days == 1 else " – ".join(ends)


def interval(tally: Tally) -> str:
    ends = tally.interval()
    return " … ".join(map(signed, ends)) if ends else NO_NUMBER


def signed(number: float) -> str:
    """+20, 0, −12: a sign on every NPS, and a true minus."""
    whole = round(number)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


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
    )


def _band_labels(tally: Tally) -> list[charts.BandLabel]:
    """The labels from left to right, each at the middle of its bars."""
    return [_band_label(band, tally) for band in reversed(nps.BANDS)]


def _band_label(band: str, tally: Tally) -> charts.BandLabel:
    scores, name = nps.BANDS[band], str(bands.PLURALS[band])
    middle = (scores[0] + scores[-1]) / 2
    return charts.BandLabel(middle, (name, _share(tally.count(band), tally.total)), band)


def _share(part: int, total: int) -> str:
    return f"{round(100 * part / total)}%" if total else NO_NUMBER


def topic_figure(counts: Sequence[TopicCount]) -> ReportFigure:
    title = _("What they talk about, and how they feel about it")
    names = [each.topic.name_in_the_tree for each in counts]
    spoken = ", ".join(f"{name} {each.total}" for name, each in zip(names, counts, strict=True))
    feelings = _sentiment_labels()
    return ReportFigure(
        name="topics",
        title=title,
        chart=charts.topic_chart(
            names, [each.feelings for each in counts], feelings, description=f"{title}: {spoken}"
        ),
        columns=[_("topic"), _("items"), *feelings.values(), _("NPS of those who mention it")],
        rows=[[name, *_topic_row(each)] for name, each in zip(names, counts, strict=True)],
        note=_(
            "A piece of feedback may touch several topics, and counts once in each; "
            "a topic counts those below it too. An NPS of fewer than %(few)d answers "
            "is not shown."
        )
        % {"few": nps.TOO_FEW_ANSWERS},
    )


def _sentiment_labels() -> dict[str, str]:
    """Sentiments from bad to good; a sign goes with each, so that nobody needs the colours."""
    signs = {
        Sentiment.NEGATIVE: "−",
        Sentiment.MIXED: "±",
        Sentiment.NEUTRAL: "·",
        Sentiment.POSITIVE: "+",
    }
    return {feeling.value: f"{sign} {feeling.label}" for feeling, sign in signs.items()}


def _topic_row(count: TopicCount) -> list[str]:
    of_them = [str(count.feelings[feeling]) for feeling in _sentiment_labels()]
    return [str(count.total), *of_them, of_a_segment(count.tally)]


def of_a_segment(tally: Tally) -> str:
    """The NPS of a segment; hidden when it is so small that it would point at persons."""
    if not tally.total:
        return NO_NUMBER
    if tally.is_too_few:
        return _("too few answers")
    return f"{tally.shown} (n {tally.total}, ±{tally.margin})"
