"""The admin of mails that came in: all of them, also those that are nobody's words."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lib.access.shown import shows
from lib.admin_base import DeskRecords, one_line_cell, shortly
from lib.desk.definitions import definition_list
from lib.desk.history import BY_ITSELF, Event
from voc.models import CustomerMail
from voc.models.replies import CustomerMailQuerySet
from voc.replies import attachments, notes


@admin.register(CustomerMail)
class CustomerMailAdmin(DeskRecords):
    list_display = ["sender", "what", "kind", "case", "when"]
    list_filter = ["kind"]
    sortable_by = []
    fields = ["kind", "case", "says_case", "feedback", "sender", "subject", "what_is_odd",
              "whole_text", "files", "as_it_came", "received_at"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> CustomerMailQuerySet:
        return CustomerMail.objects.select_related("case", "says_case", "feedback")

    @shows("surveys.customer")
    @admin.display(description=_("from"), empty_value="–")
    def sender(self, mail: CustomerMail) -> str | None:
        return " ".join(filter(None, [mail.from_name, mail.from_address])) or None

    @admin.display(description=_("subject"))
    def what(self, mail: CustomerMail) -> SafeString:
        return one_line_cell(mail.subject)

    @admin.display(description=_("received"))
    def when(self, mail: CustomerMail) -> str:
        return shortly(mail.received_at)

    @admin.display(description=_("notes"), empty_value="–")
    def what_is_odd(self, mail: CustomerMail) -> str | None:
        return "\n".join(notes.sentences(mail.notes)) or None

    @admin.display(description=_("attached (not kept here)"), empty_value="–")
    def files(self, mail: CustomerMail) -> str | None:
        return ", ".join(attachments.named(mail.attachments)) or None

    def what_happened(self, request: HttpRequest, mail: CustomerMail) -> Iterator[Event]:
        yield Event(mail.received_at, mail.get_kind_display(), BY_ITSELF)

    @shows("surveys.customer")
    @admin.display(description=_("headers"))
    def as_it_came(self, mail: CustomerMail) -> SafeString:
        return definition_list(dict(mail.headers))
