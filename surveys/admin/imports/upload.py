"""The page where somebody chooses a table to import; what it is taken for is shown next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lib import admin_base, languages
from lib.admin_base import DeskAdmin, person_at
from lib.tables.limits import BYTES_PER_FILE
from lib.text import visible
from surveys.imports import control
from surveys.imports.kinds import Kind
from surveys.imports.look import is_read_in_a_moment, look_at
from surveys.imports.upload_handler import is_too_large
from surveys.models import Import

ACCEPTED = [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".jsonl", "text/csv"]
MEGABYTE = 1_000_000
TOO_LARGE = _(
    "This file is larger than %(most)d MB, the most that can be imported at a time. Nothing of it "
    "was read. Please divide it into several files, each with the row that names the columns."
)


class UploadForm(forms.Form):
    table = forms.FileField(
        label=_("File"),
        widget=admin_base.file(ACCEPTED),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("This file is empty. Its first row should name the columns."),
        },
    )

    def __init__(self, kind: Kind, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["table"].help_text = kind.help_text
        self.fields["table"].widget.attrs["accept"] = ",".join([*ACCEPTED, *kind.accepted])
        self.fields[kind.choice.option] = forms.ChoiceField(
            label=kind.choice.label, choices=kind.choice.choices, widget=admin_base.dropdown()
        )

    def say_that_it_is_too_large(self) -> None:
        self.errors["table"] = self.error_class([TOO_LARGE % {"most": BYTES_PER_FILE // MEGABYTE}])


def upload_page(desk: DeskAdmin, request: HttpRequest, kind: Kind) -> HttpResponse:
    """Keep the file and go on to its preview; a file that cannot be kept is told at the field."""
    if not kind.may_be_imported_by(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _ask(desk, request, kind, UploadForm(kind))
    form = UploadForm(kind, request.POST, request.FILES)
    if is_too_large(request):
        form.say_that_it_is_too_large()
        return _ask(desk, request, kind, form, status=413)
    if not form.is_valid():
        return _ask(desk, request, kind, form, status=422)
    uploaded = _keep(request, kind, form.cleaned_data)
    if is_read_in_a_moment(uploaded):
        look_at(uploaded, timezone.now())
    return redirect("admin:surveys_import_change", uploaded.pk)


def _ask(
    desk: DeskAdmin, request: HttpRequest, kind: Kind, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    page = desk.page(
        request,
        "surveys/import/upload.html",
        str(kind.title),
        form=form,
        back=kind.list_of_rows,
        most=BYTES_PER_FILE // MEGABYTE,
    )
    page.status_code = status
    return page


def _keep(request: HttpRequest, kind: Kind, answers: dict[str, Any]) -> Import:
    table: UploadedFile[bytes] = answers.pop("table")
    return control.upload(
        kind=kind.key,
        name=visible(table.name or ""),
        content=table.read(),
        options=answers,
        language=get_language() or languages.DEFAULT,
        by=person_at(request),
        now=timezone.now(),
    )
