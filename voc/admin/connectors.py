"""Connectors on the desk: set up, tried, fetched; the secret is written here and never shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminPasswordWidget

from lib import languages
from lib.admin_base import BAD, GOOD, PLAIN, WAITING, DeskAdmin, display, shortly
from lib.desk.progress import REFRESH_SECONDS, grouped
from voc.models import Connector

FAILED, SET_ASIDE, RUNNING, FINE, OFF = "failed", "set_aside", "running", "fine", "off"
PLACE = ("kind", "address", "account", "since")  # what a cursor belongs to
VERBS = {  # what a button posts, and what is written down of it
    "try": (Connector.try_soon, gettext_noop("Tried without storing anything.")),
    "fetch": (Connector.fetch_soon, gettext_noop("Fetched by hand.")),
    "over": (Connector.start_over, gettext_noop("Fetched again from the first day.")),
}


class ConnectorForm(forms.ModelForm):  # type: ignore[type-arg]
    secret = forms.CharField(
        label=_("Secret"),
        required=False,
        strip=False,
        max_length=1000,
        widget=UnfoldAdminPasswordWidget({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "secret" in self.fields:
            has_one = bool(self.instance.sealed_secret)
            self.fields["secret"].help_text = (
                _("One is kept, and never shown again. Leave this empty to keep it.")
                if has_one
                else _("API token or password. It is kept sealed, and never shown again.")
            )

    class Meta:
        model = Connector
        fields = "__all__"  # noqa: DJ007 (the admin says which)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        given = data.get("secret") or self.instance.sealed_secret
        if kind and kind not in Connector.NEEDS_NO_SECRET and not given:
            self.add_error("secret", _("This kind of connector needs a secret."))
        return data

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("secret"):
            self.instance.keep_secret(self.cleaned_data["secret"])
        self.instance.language = get_language() or languages.DEFAULT
        if any(self.initial.get(name) != self.cleaned_data[name] for name in PLACE):
            self.instance.cursor = {}  # of another place
        if self.changed_data:
            self.instance.due_at, self.instance.attempts = timezone.now(), 0
        return super().save(commit)


@admin.register(Connector)
class ConnectorAdmin(DeskAdmin):
    """The admin of connectors."""

    form = ConnectorForm
    list_display = ["name", "kind", "what_state", "last_result", "next"]
    list_filter = ["kind", "is_on"]
    fields = ["name", "kind", "address", "account", "secret", "since", "every", "is_on"]
    change_form_outer_before_template = "admin/voc/connector/state.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        verb = next((verb for verb in VERBS if verb in request.POST), None)
        if request.method == "POST" and verb:
            return self._act(request, object_id, verb)
        page = super().change_view(request, object_id, form_url, extra_context)
        connector = self.get_object(request, object_id)
        if connector and connector.trial_asked_at and not connector.is_set_aside:
            page["Refresh"] = str(REFRESH_SECONDS)
        return page

    def _act(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        connector = self.get_object(request, object_id)
        if connector is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if not self.has_change_permission(request, connector):
            raise PermissionDenied
        act, said = VERBS[verb]
        act(connector, timezone.now())
        self.log_verb(request, [connector], said)
        self.message_user(request, gettext("A worker does it within seconds."))
        return redirect(request.path)

    @display(
        description=_("state"),
        label={
            FINE: GOOD,
            RUNNING: WAITING,
            FAILED: BAD,
            SET_ASIDE: BAD,
            OFF: PLAIN,
        },
    )
    def what_state(self, connector: Connector) -> tuple[str, str]:
        if connector.is_set_aside:
            return SET_ASIDE, gettext("set aside")
        if connector.error:
            return FAILED, gettext("failed")
        if not connector.is_on:
            return OFF, gettext("switched off")
        if connector.begun_at or connector.ended_at is None:
            return RUNNING, gettext("being fetched")
        return FINE, gettext("fine")

    @admin.display(description=_("last result"), empty_value="–")
    def last_result(self, connector: Connector) -> str | None:
        if connector.error:
            return connector.error
        return counts(connector) if connector.ended_at else None

    @admin.display(description=_("next"), ordering="due_at", empty_value="–")
    def next(self, connector: Connector) -> str | None:
        return shortly(connector.due_at) if connector.is_on else None


def counts(connector: Connector) -> str:
    names = ("new", "changed", "unchanged")
    words = {name: grouped(getattr(connector, name)) for name in names}
    return gettext("%(new)s new · %(changed)s changed · %(unchanged)s unchanged") % words
