"""Alerts on the desk: chat channels and how their posts went, and mails to the people here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.admin_base import DeskAdmin, checkbox
from lib.mail.admin import OutboxAdmin, StateFilter
from voc.models import AlertMail, AlertWebhook, WebhookPost

KEPT = _("It is kept and never shown. Write another one to replace it.")


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that shows neither address nor token; left empty, they stay as they are."""

    is_on = forms.BooleanField(label=_("switched on"), required=False, widget=checkbox())
    url = forms.CharField(label=_("address"), max_length=1_000, required=False)
    secret = forms.CharField(label=_("token"), max_length=200, required=False)

    class Meta:
        model = AlertWebhook
        fields = ["name", "kind", "url", "secret", "language", "is_on"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("url", "secret"):
            self.initial.pop(name, None)
            if getattr(self.instance, name):
                self.fields[name].help_text = KEPT

    def clean_url(self) -> str:
        url = self.cleaned_data["url"].strip() or self.instance.url
        if not url:
            raise forms.ValidationError(gettext("Please write the address that the chat gave you."))
        if not url.startswith("https://"):
            raise forms.ValidationError(gettext("An address of a chat begins with https://."))
        return str(url)

    def clean_secret(self) -> str:
        return str(self.cleaned_data["secret"].strip() or self.instance.secret)


@admin.register(AlertWebhook)
class AlertWebhookAdmin(DeskAdmin):
    form = WebhookForm
    list_display = ["name", "kind", "where", "is_on", "how_it_went"]
    fields = ["name", "kind", "url", "secret", "language", "is_on"]
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> Any:
        last = WebhookPost.objects.filter(webhook=OuterRef("pk")).order_by("-pk")
        return (
            super()
            .get_queryset(request)
            .annotate(
                last_post=Subquery(last.values("pk")[:1]),
                last_outcome=Subquery(last.values("outcome")[:1]),
                last_error=Subquery(last.values("error")[:1]),
            )
        )

    @admin.display(description=_("server"))
    def where(self, webhook: AlertWebhook) -> str:
        return webhook.host

    @admin.display(description=_("last message"), empty_value="–")
    def how_it_went(self, webhook: Any) -> str | None:
        if webhook.last_post is None:
            return None
        last = WebhookPost(outcome=webhook.last_outcome, error=webhook.last_error)
        state = last.get_outcome_display() if last.outcome else gettext("waiting")
        return f"{state} {last.why}".strip()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Neither address nor token, for who may only look."""
        if self.has_change_permission(request, obj) or obj is None:
            return self.fields
        return ["name", "kind", "where", "language", "is_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["where"]


@admin.register(AlertMail)
class AlertMailAdmin(OutboxAdmin):
    list_display = ["to", "is_digest", "what_state", "why", "when"]
    list_filter = [StateFilter]
    list_select_related = ["to"]
    ordering = ["-pk"]
    fields = ["to", "is_digest", "what_state", "why", "attempts", "send_after", "handed_at",
              "settled_at"]  # fmt: skip
