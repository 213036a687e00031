"""The list's “Export…”: what is chosen or filtered, as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.admin_base import DeskAdmin, DeskRecords, confirmation, person_at
from lib.desk.history import UNKNOWN, Event
from voc.admin.feedback import actions
from voc.admin.feedback.ask_first import ask_first
from voc.models import Export, FeedbackQuerySet
from voc.triage import export as tables


class ExportForm(forms.Form):
    mask = forms.BooleanField(
        label=_("Mask personal data"),
        help_text=_(
            "Names, addresses and the numbers of phones and cards become a neutral word. Who takes "
            "words with them, and whether masked, is written down."
        ),
        initial=True,
        required=False,
    )

    def __init__(self, data: object = None, *, may_unmask: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["mask"].disabled = not may_unmask


@actions.register(_("Export…"), fits=actions.only_in_the_list)
def export(desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponseBase:
    """Ask whether to mask, then hand over the table."""
    form = ExportForm(
        confirmation(request), may_unmask=request.user.has_perm("voc.export_unmasked")
    )
    if not form.is_valid():
        title, button = gettext("Take it along as a table"), gettext("Download the CSV")
        return ask_first(desk, request, items, title=title, button=button, form=form)
    masked, now = form.cleaned_data["mask"], timezone.now()
    lines = tables.export(items, masked=masked, by=person_at(request), now=now)
    name = f"todoku-feedback-{timezone.localtime(now):%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@admin.register(Export)
class ExportAdmin(DeskRecords):
    """The log of exports."""

    list_display = ["at", "by", "items", "masked"]
    list_filter = ["masked", "by"]
    list_select_related = ["by"]

    def what_happened(self, request: HttpRequest, export: Export) -> Iterator[Event]:
        yield Event(export.at, _("downloaded"), export.by or UNKNOWN)
