"""The list's “Export…”: what is chosen or filtered, as a table for a spreadsheet."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.admin_base import DeskAdmin, confirmation, person_at
from voc.admin.exports import file_name
from voc.admin.feedback import actions
from voc.admin.feedback.ask_first import ask_first
from voc.exports import ask
from voc.models import Export, FeedbackQuerySet


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
    """Ask whether to mask; then hand over a small table, and have a large one written."""
    form = ExportForm(
        confirmation(request), may_unmask=request.user.has_perm("voc.export_unmasked")
    )
    if not form.is_valid():
        return _ask_whether_to_mask(desk, request, items, form)
    masked, by, now = form.cleaned_data["mask"], person_at(request), timezone.now()
    table = ask.table_at_once(items, masked=masked, by=by, now=now)
    if table is None:
        return _have_it_written(desk, request, items, masked)
    return HttpResponse(
        table,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name(now)}"'},
    )


def _ask_whether_to_mask(
    desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet, form: ExportForm
) -> HttpResponse:
    title, button, sentences = gettext("Take it along as a table"), gettext("Download the CSV"), []
    if ask.is_large(items):
        button = gettext("Have it written")
        how = gettext("So many lines are written in the background; you then download the file.")
        sentences = [how]
    return ask_first(
        desk, request, items, title=title, button=button, sentences=sentences, form=form
    )


def _have_it_written(
    desk: DeskAdmin, request: HttpRequest, items: FeedbackQuerySet, masked: bool
) -> HttpResponse:
    """Lead to the page of the export; who has one being written is shown that instead."""
    by = person_at(request)
    before = Export.objects.unfinished().asked_by(by).first()
    if before:
        message = gettext(
            "This table of yours is not complete yet, and one is written at a time. Ask for the "
            "other one afterwards, or stop this one."
        )
        desk.message_user(request, message, messages.WARNING)
    language = languages.ours(get_language() or languages.DEFAULT)
    asked = before or ask.ask(items, masked=masked, language=language, by=by, now=timezone.now())
    return redirect("admin:voc_export_change", asked.pk)
