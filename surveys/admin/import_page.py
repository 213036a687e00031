"""The page that imports a table of customers, and says which rows were refused."""

from __future__ import annotations

from typing import BinaryIO, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib import admin_base, languages
from lib.admin_base import DeskAdmin
from lib.tables.import_rows import ImportResult, import_rows
from lib.tables.read import UnreadableTable, read_table
from surveys.customers.import_table import CustomerImport

MOST_REFUSED_SHOWN = 500


class ImportForm(forms.Form):
    table = forms.FileField(
        label=_("CSV or TSV file"),
        widget=admin_base.file([".csv", ".tsv", ".txt", "text/csv"]),
        help_text=_(
            "The first row names the columns: email, name and language, or メールアドレス, 氏名 "
            "and 言語. Other columns become attributes. UTF-8 or Shift_JIS."
        ),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("This file is empty. Its first row should name the columns."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of new customers whose row does not say"),
        choices=languages.CHOICES,
        widget=admin_base.dropdown(),
    )


def import_page(desk_admin: DeskAdmin, request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    result = _import(form) if form.is_valid() else None
    context = {"form": form, "result": result, **_refused(result)}
    title = gettext("Import customers")
    return desk_admin.page(request, "surveys/customer/import.html", title, **context)


def _import(form: ImportForm) -> ImportResult | None:
    """Import the table; None when the file is none, and the form then says why."""
    table = cast(BinaryIO, form.cleaned_data["table"])
    try:
        language = form.cleaned_data["language"]
        customers = CustomerImport(read_table(table), language=language, now=timezone.now())
        return import_rows(customers.rows, understand=customers.understand, store=customers.store)
    except UnreadableTable as error:
        form.add_error("table", str(error))
        return None


def _refused(result: ImportResult | None) -> dict[str, object]:
    if result is None:
        return {}
    shown, rest = result.refused[:MOST_REFUSED_SHOWN], result.refused[MOST_REFUSED_SHOWN:]
    return {"refused": shown, "more": len(rest)}
