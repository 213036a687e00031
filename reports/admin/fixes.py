"""The list of fixes, and the page from which one is shipped."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lib.desk import GOOD, WAITING, DeskAdmin, button, display
from reports import shipping, telling
from reports.admin import columns
from reports.models import Fix, FixQuerySet
from surveys.models import Language

WORDS = ["you_said_ja", "you_said_en", "we_did_ja", "we_did_en"]


@admin.register(Fix)
class FixAdmin(DeskAdmin):
    """What is planned can be edited; what shipped was told to people, so its words stay."""

    list_display = ["what", "voices", "what_state", "told", "shipped_at"]
    list_filter = ["state", "topics"]
    search_fields = WORDS
    ordering = ["-recorded_at"]
    filter_horizontal = ["topics"]
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 3})}}
    fieldsets = [
        (None, {"fields": [("you_said_ja", "you_said_en"), ("we_did_ja", "we_did_en")]}),
        (None, {"fields": ["topics", "public"]}),
        (_("Who asked for it"), {"fields": ["asked_in"]}),
        (_("Who was told"), {"fields": ["what_state", "told", "notices"]}),
    ]
    readonly_fields = ["asked_in", "what_state", "told", "notices"]
    actions_detail = ["ship_it", "tell_newcomers"]

    def get_queryset(self, request: HttpRequest) -> FixQuerySet:
        return Fix.objects.with_voices().with_notices()

    def get_readonly_fields(self, request: HttpRequest, obj: Fix | None = None) -> list[str]:
        shipped = obj is not None and obj.state == Fix.State.SHIPPED
        return [*self.readonly_fields, *(WORDS if shipped else [])]

    def get_fieldsets(self, request: HttpRequest, obj: Fix | None = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.fieldsets[:2]

    def save_model(self, request: HttpRequest, obj: Fix, form: Any, change: bool) -> None:
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People asked for it, and maybe were told: it stays."""
        return False

    @admin.display(description=_("what we did"))
    def what(self, fix: Fix) -> str:
        return str(fix)

    @admin.display(description=_("voices"), ordering="voices")
    def voices(self, fix: Fix) -> int:
        return fix.voices  # type: ignore[attr-defined]

    @display(description=_("state"), label={"shipped": GOOD, "planned": WAITING})
    def what_state(self, fix: Fix) -> tuple[str, str]:
        return fix.state, fix.get_state_display()

    @admin.display(description=_("told"))
    def told(self, fix: Fix) -> str:
        return columns.told(fix)

    @admin.display(description=_("their words"))
    def asked_in(self, fix: Fix) -> SafeString:
        return columns.asked_in(fix)

    @admin.display(description=_("notices"))
    def notices(self, fix: Fix) -> SafeString:
        return columns.notices(fix)

    @button(description=_("Ship it…"), url_path="ship", permissions=["ship"])
    def ship_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        fix = get_object_or_404(Fix, pk=object_id)
        if request.method == "POST":
            return self._act(request, fix, shipping.ship)
        return self._before_telling(request, fix, gettext("Ship it"))

    @button(description=_("Tell those who were added…"), url_path="newcomers", permissions=["tell"])
    def tell_newcomers(self, request: HttpRequest, object_id: str) -> HttpResponse:
        fix = get_object_or_404(Fix, pk=object_id)
        if request.method == "POST":
            return self._act(request, fix, shipping.tell_newcomers)
        return self._before_telling(request, fix, gettext("Tell those who were added"))

    def has_ship_permission(self, request: HttpRequest, object_id: str = "") -> bool:
        return self._may(request.user) and Fix.objects.planned().filter(pk=object_id).exists()

    def has_tell_permission(self, request: HttpRequest, object_id: str = "") -> bool:
        fix = Fix.objects.shipped().filter(pk=object_id).first()
        return self._may(request.user) and fix is not None and bool(fix.untold())

    def _may(self, user: AbstractUser) -> bool:
        return user.has_perm("reports.change_fix")

    def _before_telling(self, request: HttpRequest, fix: Fix, title: str) -> HttpResponse:
        """What will happen: who is told, who cannot be, and what they will read."""
        previews = [telling.preview(fix, language) for language in Language.values]
        forecast = shipping.forecast(fix)
        return self.page(
            request, "reports/ship.html", title, fix=fix, forecast=forecast, previews=previews
        )

    def _act(self, request: HttpRequest, fix: Fix, verb: Any) -> HttpResponse:
        try:
            told = verb(fix, by=request.user, now=timezone.now())
        except shipping.Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            done = ngettext(
                "%(n)d customer is told: the letter leaves in a moment.",
                "%(n)d customers are told: the letters leave in a moment.",
                told,
            )
            nobody = gettext("Nobody can be told by mail.")
            self.message_user(request, done % {"n": told} if told else nobody, messages.SUCCESS)
        return redirect("admin:reports_fix_change", fix.pk)
