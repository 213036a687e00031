"""What customers and surveys know of their own history, beside what the desk wrote down."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.desk.history import BY_ITSELF, Event
from lib.text import one_line
from surveys.models import Customer, Survey

MOST_ROWS = 200  # of each kind; who was asked more often is a program's test address


def to_customer(customer: Customer, viewer: User) -> Iterator[Event]:
    """Added, asked, answered, unsubscribed: as far as the viewer may see such rows anyway."""
    yield Event(customer.created_at, _("added, by an import, a form or a program"))
    if customer.unsubscribed_at:
        yield Event(customer.unsubscribed_at, _("unsubscribed: no mail since then"))
    if viewer.has_perm("surveys.view_invitation"):
        yield from _asked(customer)
    if viewer.has_perm("surveys.view_skip"):
        yield from _not_asked(customer)
    if viewer.has_perm("surveys.view_response"):
        yield from _answered(customer)


def _asked(customer: Customer) -> Iterator[Event]:
    for mail in customer.invitations.select_related("wave__survey")[:MOST_ROWS]:
        what = gettext("asked by mail: %(survey)s") % {"survey": mail.wave}
        at = mail.settled_at or mail.handed_at or mail.send_after
        yield Event(at, what, BY_ITSELF, " – ".join(filter(None, [mail.state, mail.why])))


def _not_asked(customer: Customer) -> Iterator[Event]:
    for skip in customer.skips.select_related("wave__survey")[:MOST_ROWS]:
        what = gettext("not asked: %(survey)s") % {"survey": skip.wave}
        yield Event(skip.at, what, BY_ITSELF, str(skip.get_reason_display()))


def _answered(customer: Customer) -> Iterator[Event]:
    for response in customer.responses.select_related("survey")[:MOST_ROWS]:
        score = "" if response.score is None else response.survey.its_kind.written(response.score)
        words = " · ".join(filter(None, [score, one_line(response.comment)]))
        what = gettext("answered: %(survey)s") % {"survey": response.survey}
        link = reverse("admin:surveys_response_change", args=[response.pk])
        yield Event(response.answered_at, what, customer, words, link)


def to_survey(survey: Survey) -> Iterator[Event]:
    yield Event(survey.created_at, _("created"))
    for wave in survey.waves.all():
        yield Event(wave.begun_at, gettext("wave %(n)d begun") % {"n": wave.number})
