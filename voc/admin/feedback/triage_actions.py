"""The actions of triage: who looks after an item, whether it is closed, how it should be read."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.admin_base import DeskAdmin, confirmation, person_at
from voc.admin.feedback import actions, messages
from voc.admin.feedback.ask_first import ask_first
from voc.models import Activity, Feedback, FeedbackQuerySet
from voc.triage import corrections, workflow
from voc.triage.forms import AssignForm, DismissForm, SentimentForm
from voc.triage.workflow import Result

What = Activity.What
CHANGE = "voc.change_feedback"
BUTTONS = {
    What.ASSIGN: _("Hand over"),
    What.DISMISS: _("Dismiss"),
    What.SENTIMENT: _("Correct"),
    What.MACHINE: _("Let the machine analyze it again"),
}


def _allowed(what: Activity.What) -> actions.Fits:
    """The action fits an item whose status allows the move."""

    def fits(item: Feedback, user: User) -> bool:
        return workflow.may(what, item)

    return fits


def _is_to_take(item: Feedback, user: User) -> bool:
    return workflow.may(What.TAKE, item) and item.owner_id != user.pk


def _is_to_analyze_again(item: Feedback, user: User) -> bool:
    return item.is_corrected or item.is_set_aside


@actions.register(_("Take on"), permission=CHANGE, fits=_is_to_take)
def take(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> None:
    messages.tell_result(desk, request, What.TAKE, workflow.take(items, by=person_at(request)))


@actions.register(_("Assign to…"), permission=CHANGE, fits=_allowed(What.ASSIGN))
def assign(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse | None:
    title = gettext("Who looks after it?")
    return _ask(desk, request, items, What.ASSIGN, AssignForm, workflow.assign, title)


@actions.register(_("Dismiss…"), permission=CHANGE, fits=_allowed(What.DISMISS))
def dismiss(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponse | None:
    title = gettext("Why is nothing to be done about it?")
    return _ask(desk, request, items, What.DISMISS, DismissForm, workflow.dismiss, title)


@actions.register(_("Open again"), permission=CHANGE, fits=_allowed(What.REOPEN))
def reopen(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> None:
    messages.tell_result(desk, request, What.REOPEN, workflow.reopen(items, by=person_at(request)))


@actions.register(_("Correct the sentiment…"), permission=CHANGE, fits=actions.only_in_the_list)
def set_sentiment(
    desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet
) -> HttpResponse | None:
    title, verb = gettext("How do they feel?"), corrections.correct_sentiments
    return _ask(desk, request, items, What.SENTIMENT, SentimentForm, verb, title)


@actions.register(_("The reading is right"), permission=CHANGE, fits=actions.only_in_the_list)
def confirm(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> None:
    messages.tell_result(
        desk, request, What.CONFIRM, corrections.confirm(items, by=person_at(request))
    )


@actions.register(
    _("Let the machine analyze it again"), permission=CHANGE, fits=_is_to_analyze_again
)
def analyze_again(
    desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet
) -> HttpResponse | None:
    """Undo corrections, after asking; give what was set aside another try."""
    verb = corrections.undo_corrections
    if checked := items.corrected().count():
        title = messages.ASK_TO_UNDO % {"n": checked}
        return _ask(desk, request, items, What.MACHINE, forms.Form, verb, title)
    messages.tell_result(desk, request, What.MACHINE, verb(items, by=person_at(request)))
    return None


def _ask(
    desk: DeskAdmin,
    request: HttpRequest,
    items: FeedbackQuerySet,
    what: Activity.What,
    form_class: type[forms.Form],
    verb: Callable[..., Result],
    title: str,
) -> HttpResponse | None:
    """Ask for what the verb needs until the answer is valid, then call it."""
    form = form_class(confirmation(request))
    if not form.is_valid():
        return ask_first(desk, request, items, title=title, button=BUTTONS[what], form=form)
    result = verb(items, by=person_at(request), **form.cleaned_data)
    messages.tell_result(desk, request, what, result)
    return None
