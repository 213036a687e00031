"""The list's “Export…”: what is chosen or filtered, as a table for a spreadsheet."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.admin_base import DeskAdmin, DeskRecords, person_at
from lib.text import one_line
from voc.models import Export, FeedbackQuerySet
from voc.triage import export

QUOTED = 5


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


class ExportingAdmin(DeskAdmin):
    """A list of feedback that can be taken out of the house."""

    @admin.action(description=_("Export…"), permissions=["view"])
    def export(self, request: HttpRequest, items: FeedbackQuerySet) -> HttpResponseBase:
        asked = request.POST if "asked" in request.POST else None
        form = ExportForm(asked, may_unmask=request.user.has_perm("voc.export_unmasked"))
        if not form.is_valid():
            return self._ask_how(request, items, form)
        masked, now = form.cleaned_data["mask"], timezone.now()
        lines = export.export(items, masked=masked, by=person_at(request), now=now)
        name = f"todoku-feedback-{timezone.localtime(now):%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            lines,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _ask_how(
        self, request: HttpRequest, items: FeedbackQuerySet, form: ExportForm
    ) -> HttpResponseBase:
        return self.ask_first(
            request,
            items,
            action="export",
            title=gettext("Take it along as a table"),
            template="voc/feedback/ask.html",
            form=form,
            button=gettext("Download the CSV"),
            lines=[one_line(item.text) for item in items[:QUOTED]],
            more=max(0, items.count() - QUOTED),
            back=request.POST.get("back", ""),
        )


@admin.register(Export)
class ExportAdmin(DeskRecords):
    """Who took words out of the house."""

    list_display = ["at", "by", "items", "masked"]
    list_filter = ["masked", "by"]
    list_select_related = ["by"]
