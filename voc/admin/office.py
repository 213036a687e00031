"""The office on the desk: when somebody is there, who is away, and how each wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.admin_base import DeskAdmin, DeskStackedInline, checkboxes, person_at
from voc.cases.forms import staff
from voc.models import Absence, BusinessCalendar, BusinessHours, ClosedDay, Colleague


class HoursInline(DeskStackedInline):
    model = BusinessHours


class ClosedDayInline(DeskStackedInline):
    model = ClosedDay


@admin.register(BusinessCalendar)
class BusinessCalendarAdmin(DeskAdmin):
    """The one calendar: its list is its page."""

    fields = ["time_zone", "holidays"]
    inlines = [HoursInline, ClosedDayInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        only = BusinessCalendar.objects.order_by("pk").first()
        if only is None or not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect("admin:voc_businesscalendar_change", only.pk)


@admin.register(Absence)
class AbsenceAdmin(DeskAdmin):
    list_display = ["person", "first_day", "last_day"]
    ordering = ["-first_day", "-pk"]
    list_select_related = ["person"]
    search_fields = ["person__username", "person__last_name", "person__first_name"]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **options: Any) -> Any:
        if db_field.name == "person":
            options["queryset"] = staff()
        return super().formfield_for_foreignkey(db_field, request, **options)


class ColleagueForm(forms.ModelForm):  # type: ignore[type-arg]
    reads = forms.MultipleChoiceField(
        label=_("reads"),
        choices=languages.CHOICES,
        required=False,
        widget=checkboxes(),
        help_text=_("Nothing chosen: every language."),
    )


@admin.register(Colleague)
class ColleagueAdmin(DeskAdmin):
    """Each sees their own settings; those who see the accounts see all."""

    form = ColleagueForm
    list_display = ["user", "what_they_read", "alerts", "language"]
    fields = ["user", "reads", "alerts", "language"]
    ordering = ["user__username"]
    list_select_related = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Colleague]:
        every = super().get_queryset(request)
        me = person_at(request)
        return every if me.has_perm("auth.view_user") else every.filter(user=me)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **options: Any) -> Any:
        if db_field.name == "user":
            me = person_at(request)
            every = staff()
            options["queryset"] = every if me.has_perm("auth.view_user") else every.filter(pk=me.pk)
        return super().formfield_for_foreignkey(db_field, request, **options)

    @admin.display(description=_("reads"))
    def what_they_read(self, colleague: Colleague) -> str:
        named = [languages.label(code) for code in colleague.reads]
        return ", ".join(named) or str(_("every language"))
