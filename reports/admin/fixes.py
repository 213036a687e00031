"""The admin of fixes: their list, and the page from which one is shipped or withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lib import admin_base
from lib.access.shown import may_see, shows
from lib.admin_base import (
    GOOD,
    PRIMARY,
    WAITING,
    DeskAdmin,
    checkboxes,
    display,
    page_button,
    person_at,
    textarea,
)
from lib.desk.history import Event
from lib.languages import fields
from reports.admin import columns, effects, preview, what_happened
from reports.fixes import ship
from reports.fixes.forms import PUBLIC_FIELDS, PublicWordsForm
from reports.fixes.withdraw import withdraw
from reports.models import Fix, FixQuerySet
from voc.models import Feedback, Topic
from voc.privacy import masking

# What the history says of a verb.
SAID: dict[Callable[..., int], str] = {
    ship.ship: gettext_noop("Shipped."),
    ship.tell_newcomers: gettext_noop("Told those who were added."),
}


@admin.register(Fix)
class FixAdmin(DeskAdmin):
    """Planned fixes can be edited; a shipped one was told to people, so its words stay."""

    form = PublicWordsForm
    list_display = ["what", "customers", "what_state", "told", "shipped_on"]
    list_filter = ["state", "topics"]
    search_fields = [f"{field}__folded" for field in PUBLIC_FIELDS]
    ordering = ["-recorded_at"]
    formfield_overrides = {models.TextField: {"widget": textarea(rows=4)}}
    fieldsets = [
        (None, {"fields": [tuple(fields("you_said")), tuple(fields("we_did"))]}),
        (None, {"fields": ["topics", "public"]}),
        (_("Who asked for it"), {"fields": ["asked_in"]}),
        (_("Who was told"), {"fields": ["state", "shipped_at", "told", "notices"]}),
    ]
    readonly_fields = ["asked_in", "state", "shipped_at", "told", "notices"]
    actions_detail = ["ship_it", "withdraw_it", "tell_newcomers"]

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_safe(self.mail_page))
        address = "<path:object_id>/mail/<slug:language>/"
        return [path(address, page, name="reports_fix_preview"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> FixQuerySet:
        return Fix.objects.with_customers().with_notices()

    def get_readonly_fields(self, request: HttpRequest, obj: Fix | None = None) -> list[str]:
        shipped = obj is not None and obj.state == Fix.State.SHIPPED
        return [*self.readonly_fields, *(PUBLIC_FIELDS if shipped else [])]

    def get_fieldsets(self, request: HttpRequest, obj: Fix | None = None) -> Any:
        words, *rest = super().get_fieldsets(request, obj)[: None if obj else 2]
        warned = [(None, {"fields": ["anyway"]})] if _warned(request) else []
        return [words, *warned, *rest]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """The topics in use to tick, and those that this fix has though they are not."""
        if db_field.name == "topics":
            matched = request.resolver_match
            fix = matched.kwargs.get("object_id") if matched else None
            in_use = Topic.objects.in_use()
            topics = (in_use | Topic.objects.filter(fixes=fix)).distinct() if fix else in_use
            options |= {"queryset": topics, "widget": checkboxes()}
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Fix, form: Any, change: bool) -> None:
        if not change:
            obj.recorded_by = person_at(request)
        super().save_model(request, obj, form, change)

    def what_happened(self, request: HttpRequest, fix: Fix) -> Iterator[Event]:
        return what_happened.to_fix(fix)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People asked for it, and maybe were told: it stays."""
        return False

    @admin.display(description=_("what we did"))
    def what(self, fix: Fix) -> SafeString:
        return admin_base.one_line_cell(fix)

    @admin.display(description=_("customers"), ordering="customers")
    def customers(self, fix: Any) -> int:
        return int(fix.customers)

    @display(description=_("state"), label={"shipped": GOOD, "planned": WAITING})
    def what_state(self, fix: Fix) -> tuple[str, str]:
        return fix.state, fix.get_state_display()

    @admin.display(description=_("shipped on"), ordering="shipped_at", empty_value="–")
    def shipped_on(self, fix: Fix) -> str | None:
        return admin_base.shortly(fix.shipped_at) if fix.shipped_at else None

    @shows("reports.notice")
    @admin.display(description=_("told"))
    def told(self, fix: Fix) -> str:
        return columns.told_summary(fix)

    @shows("voc.feedback")
    @admin.display(description=_("their words"))
    def asked_in(self, fix: Fix) -> SafeString:
        return columns.asked_in(fix)

    @shows("reports.notice", "surveys.customer")
    @admin.display(description=_("notices"))
    def notices(self, fix: Fix) -> SafeString:
        return columns.notices(fix)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """The buttons for the next steps of this fix, of all there are."""
        fix = self.get_object(request, object_id)
        fitting = _next_steps(fix) if fix else []
        buttons = super().get_actions_detail(request, object_id)  # type: ignore[misc]
        return [each for each in buttons if each.method.__name__ in fitting]

    @page_button(
        description=_("Ship it…"), url_path="ship", permissions=["change"], variant=PRIMARY
    )
    def ship_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._tell(request, object_id, gettext("Ship it"), ship.ship)

    @page_button(
        description=_("Tell those who were added…"),
        url_path="newcomers",
        permissions=["change"],
        variant=PRIMARY,
    )
    def tell_newcomers(self, request: HttpRequest, object_id: str) -> HttpResponse:
        title = gettext("Tell those who were added")
        return self._tell(request, object_id, title, ship.tell_newcomers)

    @page_button(description=_("Withdraw it…"), url_path="withdraw", permissions=["change"])
    def withdraw_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        fix = self.get_object(request, object_id)
        if fix is None:
            raise Http404("no such fix")
        if request.method == "POST":
            return self._withdraw(request, fix)
        return self.ask_first(
            request,
            title=gettext("Withdraw it"),
            heading=str(fix),
            button=gettext("Withdraw it"),
            sentences=effects.of_withdrawing(fix),
            cancel=reverse("admin:reports_fix_change", args=[fix.pk]),
            keep=gettext("Keep it"),
        )

    def _withdraw(self, request: HttpRequest, fix: Fix) -> HttpResponse:
        try:
            changed = withdraw(fix, by=person_at(request)).changed
        except ship.NotShippable as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            done = ngettext(
                "“%(fix)s” is withdrawn. %(n)d item waits again.",
                "“%(fix)s” is withdrawn. %(n)d items wait again.",
                changed,
            )
            self.message_user(request, done % {"fix": fix, "n": changed}, messages.SUCCESS)
        return redirect("admin:reports_fix_changelist")

    def mail_page(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        if not (self.has_change_permission(request) and may_see(request.user, Feedback)):
            raise PermissionDenied
        return preview.mail_page(self.get_object(request, object_id), language)

    def _tell(
        self, request: HttpRequest, object_id: str, title: str, verb: Callable[..., int]
    ) -> HttpResponse:
        fix = self.get_object(request, object_id)
        if fix is None:
            raise Http404("no such fix")
        if request.method == "POST":
            return self._act(request, fix, verb)
        return self._before_telling(request, fix, title)

    def _before_telling(self, request: HttpRequest, fix: Fix, title: str) -> HttpResponse:
        """Ask first: say who is told, who cannot be, and what they will read."""
        forecast = ship.forecast(fix)
        return self.ask_first(
            request,
            title=title,
            heading=str(fix),
            button=title,
            sentences=effects.of_telling(fix, forecast),
            cancel=reverse("admin:reports_fix_change", args=[fix.pk]),
            template="reports/ship.html",
            is_wide=True,
            previews=preview.previews(request, fix, forecast)
            if may_see(request.user, Feedback)
            else [],
            skipped=preview.names(request, forecast.unsubscribed),
        )

    def _act(self, request: HttpRequest, fix: Fix, verb: Callable[..., int]) -> HttpResponse:
        try:
            customers = verb(fix, by=person_at(request), now=timezone.now())
            self.log_verb(request, [fix], SAID[verb])
        except ship.NotShippable as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            done = ngettext(
                "%(n)d customer is told: the mail leaves in a moment.",
                "%(n)d customers are told: the mails leave in a moment.",
                customers,
            )
            nobody = gettext("Nobody can be told by mail.")
            message = done % {"n": customers} if customers else nobody
            self.message_user(request, message, messages.SUCCESS)
        return redirect("admin:reports_fix_change", fix.pk)


def _warned(request: HttpRequest) -> bool:
    """True if the posted words hold personal data: then PublicWordsForm asks again."""
    return any(masking.find_personal_data(request.POST.get(field, "")) for field in PUBLIC_FIELDS)


def _next_steps(fix: Fix) -> list[str]:
    if fix.state == Fix.State.PLANNED:
        return ["ship_it", "withdraw_it"]
    return ["tell_newcomers"] if fix.untold() else []
