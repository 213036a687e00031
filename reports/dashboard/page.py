"""The overview: everything the reports page shows for a survey and a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

from django.contrib.auth.models import User

from lib.access.shown import may_see
from reports.dashboard import figures, sentences
from reports.dashboard.figures import ReportFigure
from reports.dashboard.forms import ALL_TIME, ReportForm
from reports.metrics import queries
from reports.metrics.periods import Period, day_of
from reports.metrics.scope import Scope
from reports.models import Fix
from voc.models import Feedback


@dataclass(frozen=True)
class Overview:
    period: str
    headline: str
    caution: str
    change: str
    response_rate: str
    figures: list[ReportFigure]


def overview(form: ReportForm, today: date, zone: tzinfo, *, by: User) -> Overview | None:
    """The overview that a valid form asks for; None when nobody answered in that time.

    What it tells of feedback and of fixes is left out for those who may not see them.
    """
    scope = Scope(zone, survey=form.cleaned_data["survey"])
    period, compared = _period(form, scope, today)
    if period is None:
        return None
    scope = scope.during(period)
    before, *months = queries.scores_by_period(scope, [period.before(), *period.months()])
    now = queries.pooled(months)
    if not now.tally.total:
        return None
    return Overview(
        period=figures.period_name(period),
        headline=sentences.headline(now.tally),
        caution=sentences.caution(now.tally),
        change=sentences.change_sentence(before.tally, now.tally, period) if compared else "",
        response_rate=sentences.response_rate_sentence(queries.response_rate(scope)),
        figures=_figures(scope, now, months, by),
    )


def _period(form: ReportForm, scope: Scope, today: date) -> tuple[Period | None, bool]:
    """The period, and whether there is anything before it to compare it with."""
    if days := form.days(today):
        return days, True
    if form.preset() != ALL_TIME:
        return Period.of_months(int(form.preset()), today), True
    first = queries.first_answer(scope)
    return (Period.since(day_of(first, scope.zone), today), False) if first else (None, False)


def _figures(
    scope: Scope, now: queries.PeriodScores, months: list[queries.PeriodScores], by: User
) -> list[ReportFigure]:
    shipped = list(Fix.objects.shipped_between(*scope.moments)) if may_see(by, Fix) else []
    talked_about = queries.topic_counts(scope) if may_see(by, Feedback) else []
    return [
        figures.nps_figure(months, shipped, scope.zone),
        figures.score_figure(now),
        *([figures.topic_figure(talked_about)] if talked_about else []),
    ]
