"""The page that invites the chosen customers: it says beforehand who will be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lib import admin_base, dates
from lib.admin_base import DeskAdmin
from surveys.admin.invite_numbers import Numbers, what_changed
from surveys.invitations import invite
from surveys.invitations.invite import Invited
from surveys.models import Customer, Survey, Wave

CONTINUE, NEW = "continue", "new"
CUSTOMERS_AT_EASE = 20_000  # in the time a web page has


class InviteForm(forms.Form):
    survey = forms.ModelChoiceField(
        label=_("Survey"),
        queryset=Survey.objects.none(),
        empty_label=None,
        widget=admin_base.dropdown(),
    )
    wave = forms.ChoiceField(
        label=_("Wave"),
        choices=[
            (CONTINUE, _("Go on with the current wave: nobody is asked twice in it")),
            (NEW, _("Begin a new wave: those asked long enough ago are asked again")),
        ],
        initial=CONTINUE,
        widget=admin_base.radio(),
    )
    send_after = forms.DateTimeField(
        label=_("Send when"),
        required=False,
        validators=[dates.near],
        widget=admin_base.moment(),
        help_text=_("Leave empty to send now."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.surveys = Survey.objects.asked_by_mail().open_at(now)
        self.fields["survey"].queryset = self.surveys  # type: ignore[attr-defined]
        self.fields["survey"].initial = self.surveys.first()

    @property
    def chosen(self) -> Survey | None:
        form_data = self.cleaned_data if self.is_bound else {}
        return form_data.get("survey") or self.surveys.first()

    @property
    def begins_a_wave(self) -> bool:
        return self.is_bound and self.cleaned_data.get("wave") == NEW

    @property
    def choice(self) -> str:
        """The choice that the page's numbers are about; whoever confirms must have seen those."""
        return f"{self.chosen.pk if self.chosen else ''} {self.begins_a_wave}"


def invite_page(
    desk_admin: DeskAdmin, request: HttpRequest, customers: QuerySet[Customer]
) -> HttpResponse | None:
    now, customers = timezone.now(), customers.order_by("pk")
    form = InviteForm(request.POST if "seen" in request.POST else None, now=now)
    confirmed = form.is_valid() and "asked" in request.POST
    if form.chosen is None:
        none = gettext("No survey is open to invite to. Make one, or open one, first.")
        desk_admin.message_user(request, none, messages.WARNING)
        return None
    numbers = _count(form, customers, now)
    changed = what_changed(Numbers.read(form.cleaned_data["seen"]), numbers) if confirmed else []
    if confirmed and not changed:
        _tell(desk_admin, request, _invite(form, customers, now))
        return None
    return _ask(desk_admin, request, form, numbers, changed)


def _count(form: InviteForm, customers: QuerySet[Customer], now: datetime) -> Numbers:
    wave = None if form.begins_a_wave else _current_wave(form.chosen)
    return Numbers(
        form.choice, customers.count(), invite.forecast(customers.iterator(), to=wave, now=now)
    )


def _invite(form: InviteForm, customers: QuerySet[Customer], now: datetime) -> Invited:
    survey: Survey = form.cleaned_data["survey"]
    wave = survey.begin_wave() if form.begins_a_wave else survey.current_wave()
    return invite.invite(
        customers.iterator(), to=wave, now=now, send_after=form.cleaned_data["send_after"]
    )


def _ask(
    desk_admin: DeskAdmin,
    request: HttpRequest,
    form: InviteForm,
    numbers: Numbers,
    changed: list[str],
) -> HttpResponse:
    forecast = numbers.forecast
    asked = ngettext("Ask %(n)s customer", "Ask %(n)s customers", forecast.asked)
    return desk_admin.ask_first(
        request,
        title=gettext("Invite to a survey"),
        button=asked % {"n": forecast.asked},
        template="surveys/customer/invite.html",
        form=form,
        again=[("seen", numbers.written())],
        changed=changed,
        chosen=numbers.chosen,
        asked=forecast.asked,
        skipped=forecast.reasons(),
        many=forecast.asked > CUSTOMERS_AT_EASE,
    )


def _current_wave(survey: Survey | None) -> Wave | None:
    return survey.waves.first() if survey else None


def _tell(desk_admin: DeskAdmin, request: HttpRequest, invited: Invited) -> None:
    asked = ngettext("%(n)d customer is asked.", "%(n)d customers are asked.", invited.asked)
    level = messages.SUCCESS if invited.asked else messages.WARNING
    desk_admin.message_user(request, asked % {"n": invited.asked}, level)
    for reason, n in invited.reasons():
        skipped = gettext("%(n)d skipped: %(reason)s") % {"n": n, "reason": reason}
        desk_admin.message_user(request, skipped, messages.WARNING)
