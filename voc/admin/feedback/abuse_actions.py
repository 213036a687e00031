"""Actions about abuse of people at work: to a lead in one step, and what a person says of it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.admin_base import DeskAdmin, confirmation, person_at
from voc.admin.feedback import actions
from voc.admin.feedback.ask_first import ask_first
from voc.admin.feedback.messages import tell_result
from voc.admin.feedback.triage_actions import CHANGE
from voc.models import Abuse, Activity, Feedback, FeedbackQuerySet
from voc.triage import abuse, workflow

What = Activity.What


class AbuseForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("abuse"),
        choices=Abuse.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what it is.")},
    )


def _is_abusive(item: Feedback, user: User) -> bool:
    return item.abuse is not None


def _is_to_hand_over(item: Feedback, user: User) -> bool:
    return item.abuse is not None and workflow.may(What.ASSIGN, item)


@actions.register(_("Hand over to a lead"), permission=CHANGE, fits=_is_to_hand_over)
def hand_to_a_lead(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> None:
    """Whoever meets with abuse need not face it alone: one press, and no reason is asked for."""
    by = person_at(request)
    lead = abuse.lead_for(by)
    if lead is None:
        desk.message_user(
            request,
            gettext(
                "Nobody else may be handed abusive feedback yet, so it stayed where it is. "
                "Ask an administrator to give a lead the right to it."
            ),
            messages.ERROR,
        )
        return
    result = abuse.hand_over(items, to=lead, by=by)
    tell_result(desk, request, What.ASSIGN, result)
    if result.changed:
        to_whom = gettext("It is %(lead)s’s now. You need not read it again.") % {"lead": lead}
        desk.message_user(request, to_whom, messages.SUCCESS)


@actions.register(_("Abusive…"), permission=CHANGE)
def mark_abusive(
    desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet
) -> HttpResponse | None:
    form = AbuseForm(confirmation(request))
    if not form.is_valid():
        title = gettext("How does it abuse people?")
        return ask_first(desk, request, items, title=title, button=gettext("Mark"), form=form)
    result = abuse.judge(items, form.cleaned_data["kind"], by=person_at(request))
    tell_result(desk, request, What.ABUSE, result)
    return None


@actions.register(_("Angry, not abusive"), permission=CHANGE, fits=_is_abusive)
def mark_fair(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> None:
    result = abuse.judge(items, None, by=person_at(request))
    tell_result(desk, request, What.ABUSE, result)
