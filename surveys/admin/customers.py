"""The admin of customers: their list, the import of a table, and inviting them to a survey."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.admin_base import BAD, DeskAdmin, display, page_button
from lib.storable import storable
from surveys.admin.imports.upload import upload_page
from surveys.admin.invite_page import invite_page
from surveys.imports.kinds import CUSTOMERS
from surveys.models import Customer, Invitation


class MailFilter(admin.SimpleListFilter):
    title = _("mail")
    parameter_name = "mail"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", str(_("may be written to"))), ("no", str(_("unsubscribed")))]

    def queryset(self, request: HttpRequest, customers: Any) -> Any:
        match self.value():
            case "yes":
                return customers.subscribed()
            case "no":
                return customers.unsubscribed()
        return customers


class AttributesField(forms.JSONField):
    """A field for names with values, as a database can keep them; a fault shows what was typed."""

    def to_python(self, value: Any) -> Any:
        try:
            attributes = super().to_python(value) or {}
            if isinstance(attributes, dict) and storable(attributes) == attributes:
                return attributes
        except (forms.ValidationError, RecursionError):
            pass
        raise forms.ValidationError(_('Please write names and values: {"plan": "Gold"}'))

    def bound_data(self, data: Any, initial: Any) -> Any:
        return InvalidJSONInput(data or "")


@admin.register(Customer)
class CustomerAdmin(DeskAdmin):
    formfield_overrides = {models.JSONField: {"form_class": AttributesField}}
    list_display = ["email", "name", "language", "mail", "last_asked", "added"]
    list_filter = ["language", MailFilter]
    search_fields = ["email", "name"]
    search_help_text = _("Search by address or name")
    ordering = ["-created_at", "-pk"]
    fields = ["email", "name", "language", "attributes", "unsubscribed_at", "created_at"]
    readonly_fields = ["created_at"]
    actions = ["invite"]
    actions_list = ["import_customers"]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field and db_field.name == "attributes":
            field.widget.attrs["rows"] = 3
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        return Customer.objects.annotate(last_asked=Invitation.objects.when_last_sent())

    @display(description=_("mail"), label={"no": BAD}, ordering="unsubscribed_at")
    def mail(self, customer: Customer) -> tuple[str, str] | None:
        return ("no", str(_("unsubscribed"))) if customer.unsubscribed_at else None

    @admin.display(description=_("last asked"), ordering="last_asked", empty_value="–")
    def last_asked(self, customer: Customer) -> str | None:
        last: datetime | None = customer.last_asked  # type: ignore[attr-defined]
        return admin_base.shortly(last) if last else None

    @admin.display(description=_("added at"), ordering="created_at")
    def added(self, customer: Customer) -> str:
        return admin_base.shortly(customer.created_at)

    @admin.action(description=_("Invite to a survey…"), permissions=["invite"])
    def invite(self, request: HttpRequest, customers: QuerySet[Customer]) -> HttpResponse | None:
        return invite_page(self, request, customers)

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("surveys.add_invitation")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return CUSTOMERS.may_be_imported_by(request.user)

    @page_button(
        description=_("Import customers"),
        url_path="import",
        icon="upload",
        permissions=["import"],
    )
    def import_customers(self, request: HttpRequest) -> HttpResponse:
        return upload_page(self, request, CUSTOMERS)
