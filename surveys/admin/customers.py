"""The admin of customers: their list, the import of a table, and inviting them to a survey."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.access.shown import shows
from lib.admin_base import (
    BAD,
    DeskAdmin,
    display,
    page_button,
    person_at,
)
from lib.desk.definitions import definition_list
from lib.desk.history import Event
from surveys.admin import what_happened
from surveys.admin.attributes import CustomerForm
from surveys.admin.customer_page import customer_page
from surveys.admin.imports.upload import upload_page
from surveys.admin.invite_page import invite_page
from surveys.admin.stop_mail import page_of_customer, stop_mail
from surveys.imports.kinds import CUSTOMERS
from surveys.models import Customer, Invitation
from surveys.responses import claim_address


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


FIELDS = ["email", "name", "language", "attributes", "unsubscribed_at", "created_at"]


@admin.register(Customer)
class CustomerAdmin(DeskAdmin):
    form = CustomerForm
    list_display = ["called", "address", "language", "mail", "last_asked", "added"]
    list_filter = ["language", MailFilter]
    search_fields = ["search_text"]
    search_help_text = _("Search by address or name")
    ordering = ["-pk"]  # as they were added
    sortable_by = ["address", "mail", "added"]
    never_null_in_lists = ("lower_email",)
    actions = ["invite", "stop_mail"]
    actions_list = ["import_customers"]
    change_form_outer_before_template = "admin/surveys/customer/page.html"

    def what_happened(self, request: HttpRequest, customer: Customer) -> Iterator[Event]:
        return what_happened.to_customer(customer, person_at(request))

    def get_fields(self, request: HttpRequest, obj: Customer | None = None) -> list[Any]:
        """Who may only look is shown the attributes as a list of names with values."""
        if self.has_change_permission(request, obj):
            return FIELDS
        return ["known_of_them" if field == "attributes" else field for field in FIELDS]

    def get_readonly_fields(self, request: HttpRequest, obj: Customer | None = None) -> list[str]:
        return ["created_at", "known_of_them"]

    @admin.display(description=_("attributes"), empty_value="–")
    def known_of_them(self, customer: Customer) -> SafeString | None:
        return definition_list(customer.attributes) if customer.attributes else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *how: Any, **more: Any
    ) -> HttpResponse:
        if customer := more.get("obj"):
            context |= customer_page(request, customer)
        return super().render_change_form(request, context, *how, **more)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        last_asked = Invitation.objects.when_last_sent()
        return Customer.objects.annotate(last_asked=last_asked, lower_email=Lower("email"))

    def delete_model(self, request: HttpRequest, obj: Customer) -> None:
        claim_address.forget_addresses([obj.email])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Customer]) -> None:
        claim_address.forget_addresses(queryset.values_list("email", flat=True))
        super().delete_queryset(request, queryset)

    @admin.display(description=_("email address"), ordering="lower_email")
    def address(self, customer: Customer) -> str:
        return str(customer.email)

    @admin.display(description=_("name"))
    def called(self, customer: Customer) -> str:
        """The name; the address of whoever has none."""
        return str(customer)

    @display(description=_("mail"), label={"no": BAD}, ordering="unsubscribed_at")
    def mail(self, customer: Customer) -> tuple[str, str] | None:
        return ("no", str(_("unsubscribed"))) if customer.unsubscribed_at else None

    @shows("surveys.invitation")
    @admin.display(description=_("last asked"), empty_value="–")
    def last_asked(self, customer: Customer) -> str | None:
        last: datetime | None = customer.last_asked  # type: ignore[attr-defined]
        return admin_base.shortly(last) if last else None

    @admin.display(description=_("added at"), ordering="pk")
    def added(self, customer: Customer) -> str:
        return admin_base.shortly(customer.created_at)

    @admin.action(description=_("Invite to a survey…"), permissions=["invite"])
    def invite(self, request: HttpRequest, customers: QuerySet[Customer]) -> HttpResponse | None:
        return invite_page(self, request, customers)

    @admin.action(description=_("Stop all mail to them…"), permissions=["change"])
    def stop_mail(self, request: HttpRequest, customers: QuerySet[Customer]) -> HttpResponse | None:
        return stop_mail(self, request, customers)

    def response_action(
        self, request: HttpRequest, queryset: Any, *where: Any
    ) -> HttpResponse | None:
        """The button on a customer's page is an action of the list; it leads back to the page."""
        response = super().response_action(request, queryset, *where)
        if isinstance(response, HttpResponseRedirect) and (page := page_of_customer(request)):
            return redirect(page)
        return response

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
