"""The overview: everything the reports page shows for a survey and a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from lib.access.shown import may_see
from reports.dashboard import figures, sentences
from reports.dashboard.figures import ReportFigure
from reports.dashboard.forms import ALL_TIME, ReportForm
from reports.dashboard.timeline import Timeline
from reports.metrics import queries
from reports.metrics.periods import Period, months_to_show
from reports.metrics.queries import PeriodScores
from reports.metrics.scope import Scope
from reports.models import Fix
from voc.models import Feedback


@dataclass(frozen=True)
class Overview:
    about: str
    headline: str
    cautions: list[str]
    change: str
    response_rate: str
    figures: list[ReportFigure]


def overview(form: ReportForm, *, by: User) -> Overview | None:
    """The overview that a valid form asks for; None when nobody answered in that time.

    What it tells of feedback and of fixes is left out for those who may not see them.
    """
    began = form.began()
    if began is None:
        return None
    period = _period(form, began)
    months = months_to_show(period, began, form.today)
    counted = period.without_months_to_come(form.today)
    now, before, *each = queries.scores_by_period(
        form.scope(), [counted, period.before(form.today), *months]
    )
    timeline = Timeline(each, period, began, form.today, form.zone)
    return _overview(form, timeline, now, before, by) if now.tally.total else None


def _period(form: ReportForm, began: date) -> Period:
    if days := form.days():
        return days
    if form.preset() == ALL_TIME:
        return Period.since(began, form.today)
    return Period.of_months(int(form.preset()), form.today)


def _overview(
    form: ReportForm, timeline: Timeline, now: PeriodScores, before: PeriodScores, by: User
) -> Overview:
    scope = form.scope().during(now.period)
    return Overview(
        about=sentences.about(scope.survey, timeline),
        headline=sentences.headline(now.tally),
        cautions=sentences.cautions(now.tally, form.surveys_added_up()),
        change=sentences.change_sentence(before, now, timeline) if form.is_compared else "",
        response_rate=sentences.response_rate_sentence(queries.response_rate(scope)),
        figures=_figures(scope, timeline, now, by),
    )


def _figures(scope: Scope, timeline: Timeline, now: PeriodScores, by: User) -> list[ReportFigure]:
    moments = timeline.moments
    shipped = list(Fix.objects.shipped_between(*moments)) if may_see(by, Fix) else []
    talked_about = queries.topic_counts(scope) if may_see(by, Feedback) else []
    return [
        figures.nps_figure(timeline, shipped),
        figures.score_figure(now),
        *([figures.topic_figure(talked_about, scope)] if talked_about else []),
    ]
