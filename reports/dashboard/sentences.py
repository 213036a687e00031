"""The report in words: what the numbers say, and what they do not say."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.dashboard.timeline import Timeline, day_name
from reports.metrics.periods import Period
from reports.metrics.queries import PeriodScores, Rate
from surveys.models import Survey
from surveys.questions import nps
from surveys.questions.nps import NOBODY, Tally


def about(survey: Survey | None, timeline: Timeline) -> str:
    """Of what and when the report speaks."""
    name = survey.name if survey else _("all NPS® surveys, added up")
    return f"{name} · {timeline.name(timeline.chosen)}"


def headline(now: Tally) -> str:
    words = {"nps": now.shown, "n": now.total, "interval": interval(now)}
    return _("NPS® is %(nps)s (n %(n)d, 95%% interval %(interval)s).") % words


def interval(tally: Tally) -> str:
    """The ends of the interval, the same wherever it is shown; no ±, for it is lopsided."""
    ends = tally.interval()
    if ends is None:
        return NOBODY
    low, high = map(nps.signed, ends)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def cautions(now: Tally, surveys: int) -> list[str]:
    few = _("Few answers: read it as a hint, not as a measurement.")
    mixed = _(
        "%(n)d surveys are added up here, which may ask about different things. Their NPS also "
        "moves when more people answer one of them, so it is not compared with the time before."
    )
    return [*([few] if now.is_few else []), *([mixed % {"n": surveys}] if surveys > 1 else [])]


def change_sentence(before: PeriodScores, now: PeriodScores, timeline: Timeline) -> str:
    """Up or down since the period before, and whether that is more than luck."""
    name, change = _before(before.period, timeline), nps.change(before.tally, now.tally)
    if change is None:
        nobody = _("Nobody answered in %(before)s, so there is nothing to compare it with.")
        return nobody % {"before": name}
    words = {"before": name, "n": before.tally.total, "now": now.tally.total}
    if change.is_too_few:
        too_few = _("Too few answers to say whether it moved: %(n)d in %(before)s, %(now)d since.")
        return too_few % words
    words |= {"points": abs(change.points), "then": _then(before, timeline)}
    return _sentence(change) % words


def _then(before: PeriodScores, timeline: Timeline) -> str:
    """What it was, of how many, and from when if that was later."""
    words = {"nps": before.tally.shown, "n": before.tally.total, "day": day_name(timeline.began)}
    if before.period.first < timeline.began:
        return _("%(nps)s, n %(n)d, answers from %(day)s") % words
    return _("%(nps)s, n %(n)d") % words


def _sentence(change: nps.Change) -> str:
    if change.points == 0:
        return _("The same as in %(before)s (%(then)s).")
    if change.points > 0 and change.is_real:
        return _("Up %(points)d since %(before)s (%(then)s) — more than luck explains.")
    if change.points > 0:
        return _("Up %(points)d since %(before)s (%(then)s) — no more than luck explains.")
    if change.is_real:
        return _("Down %(points)d since %(before)s (%(then)s) — more than luck explains.")
    return _("Down %(points)d since %(before)s (%(then)s) — no more than luck explains.")


def _before(before: Period, timeline: Timeline) -> str:
    months, days = timeline.chosen.whole_months, before.days
    if months is None:
        return ngettext("the day before", "the %(n)d days before", days) % {"n": days}
    if before.whole_months == months:
        return ngettext("the month before", "the %(n)d months before", months) % {"n": months}
    until_the_same_day = ngettext(
        "the month before, up to the same day",
        "the %(n)d months before, up to the same day",
        months,
    )
    return until_the_same_day % {"n": months}


def response_rate_sentence(rate: Rate) -> str:
    if rate.percent is None:
        return _("No invitation was sent in this period.")
    words = {"percent": rate.percent, "answered": rate.answered, "sent": rate.sent}
    so_far = _(
        "%(percent)d%% of the invitations sent in this period were answered so far "
        "(%(answered)d of %(sent)d)."
    )
    return so_far % words
