"""The report in words: what the numbers say, and what they do not say."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.metrics.periods import Period
from reports.metrics.queries import Rate
from surveys.questions import nps
from surveys.questions.nps import Tally


def headline(now: Tally) -> str:
    words = {"nps": now.shown, "n": now.total, "margin": now.margin}
    return _("NPS® is %(nps)s (n %(n)d, ±%(margin)d).") % words


def caution(now: Tally) -> str:
    if not now.is_few:
        return ""
    return _("Few answers: read it as a hint, not as a measurement.")


def change_sentence(before: Tally, now: Tally, period: Period) -> str:
    """Up or down since the period before, and whether that is more than luck."""
    change = nps.change(before, now)
    if change is None:
        nobody = _("Nobody answered in %(before)s, so there is nothing to compare it with.")
        return nobody % {"before": _before(period)}
    return _sentence(change) % {"points": abs(change.points), "before": _before(period)}


def _sentence(change: nps.Change) -> str:
    if change.points == 0:
        return _("The same as in %(before)s.")
    if change.points > 0 and change.is_real:
        return _("Up %(points)d since %(before)s — more than luck explains.")
    if change.points > 0:
        return _("Up %(points)d since %(before)s — no more than luck explains.")
    if change.is_real:
        return _("Down %(points)d since %(before)s — more than luck explains.")
    return _("Down %(points)d since %(before)s — no more than luck explains.")


def _before(period: Period) -> str:
    if months := period.whole_months:
        return ngettext("the month before", "the %(n)d months before", months) % {"n": months}
    return ngettext("the day before", "the %(n)d days before", period.days) % {"n": period.days}


def response_rate_sentence(rate: Rate) -> str:
    if rate.percent is None:
        return _("No invitation was sent in this period.")
    words = {"percent": rate.percent, "answered": rate.answered, "sent": rate.sent}
    return (
        _("%(percent)d%% of those we invited answered (%(answered)d of %(sent)d invitations).")
        % words
    )
