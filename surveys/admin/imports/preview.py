"""The preview of an import: what the table is taken for, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lib import admin_base, languages
from lib.admin_base import DeskAdmin, person_at
from lib.desk.progress import REFRESH_SECONDS
from lib.tables.plan import FirstRow, Question
from lib.tables.read import ENCODINGS
from surveys.imports import control
from surveys.imports.kinds import READING, Kind, kind_of
from surveys.imports.look import Look, is_read_in_a_moment, look_at, look_kept
from surveys.models import Import

COLUMN, QUESTION = "column-", "question-"
READING_CHOICES: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
    "encoding": (
        _("Encoding"),
        [
            ("", _("as found")),
            *ENCODINGS.items(),
        ],
    ),
    "delimiter": (
        _("Between the cells"),
        [
            ("", _("as found")),
            (",", _("comma")),
            ("\t", _("tab")),
            (";", _("semicolon")),
            ("|", _("vertical bar")),
        ],
    ),
    "quoting": (
        _("Quotation marks"),
        [
            ("", _("around cells")),
            ("none", _("are only marks; a backslash escapes what follows")),
        ],
    ),
}


class PreviewForm(forms.Form):
    """Every choice there is about the table, with what is taken now."""

    def __init__(self, kind: Kind, look: Look, stored: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data)
        self.look, self.stored, self.kind = look, stored, kind
        for question in look.questions:
            if question.is_date:
                self._ask_day(_name_of(question), question.asks, question.answer)
            else:
                self._ask(_name_of(question), question.asks, question.choices, question.answer)
        choice = kind.choice
        self._ask(choice.option, choice.label, choice.choices, stored.get(choice.option, ""))
        for name, (label, choices) in READING_CHOICES.items():
            self._ask(name, label, choices, stored.get(name, ""))

    def _ask(self, name: str, label: Any, choices: Any, answer: str) -> None:
        unanswered = [] if answer in dict(choices) else [(answer, "–")]
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=[*unanswered, *choices],
            initial=answer,
            required=False,
            widget=admin_base.dropdown(),
        )

    def _ask_day(self, name: str, label: Any, answer: str) -> None:
        self.fields[name] = forms.DateField(
            label=label, initial=answer or None, required=False, widget=admin_base.day()
        )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith(COLUMN)]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith((COLUMN, *READING))]

    @property
    def reading_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in READING]

    def options(self, by: User, now: datetime) -> dict[str, Any]:
        """The options as they were answered. Read in another way, the columns are others."""
        answers = self.cleaned_data
        reading = {name: answers[name] for name in READING if answers[name]}
        options = {**reading, self.kind.choice.option: answers[self.kind.choice.option]}
        if reading == {name: self.stored[name] for name in READING if self.stored.get(name)}:
            options |= self._answered(by, now)
        return options

    def _answered(self, by: User, now: datetime) -> dict[str, Any]:
        """Answers that somebody gave, now or before; what was found by itself is none."""
        questions = self.look.questions
        chosen = dict(self.stored.get("chosen") or {})
        asked = [name for question in questions for name in _options_of(question)]
        others = {name: self.stored[name] for name in asked if name in self.stored}
        for question in questions:
            answer = str(self.cleaned_data[_name_of(question)] or "")
            if answer != question.answer:
                (chosen if question.about_column else others)[question.option] = answer
                if question.is_signed:
                    others |= _signature(question, by, now)
        return {**others, **({"chosen": chosen} if chosen else {})}


def preview_page(desk: DeskAdmin, request: HttpRequest, an_import: Import) -> HttpResponse:
    kind, look = kind_of(an_import), look_kept(an_import)
    may_import = kind.may_be_imported_by(request.user)
    if request.method == "POST" and may_import and "discard" in request.POST:
        return _discard(desk, request, an_import)
    if look is None:
        return looking_page(desk, request, an_import)
    if request.method != "POST" or not may_import:
        return _show(desk, request, an_import, PreviewForm(kind, look, an_import.options))
    form = PreviewForm(kind, look, an_import.options, request.POST)
    if not form.is_valid():
        return _show(desk, request, an_import, form, status=422)
    return _go_on(desk, request, an_import, form)


def looking_page(desk: DeskAdmin, request: HttpRequest, an_import: Import) -> HttpResponse:
    """The page while a worker reads a long file for its preview."""
    may_import = kind_of(an_import).may_be_imported_by(request.user)
    if request.method == "POST" and may_import and "again" in request.POST:
        control.try_again(an_import)
        return redirect(request.path)
    page = desk.page(
        request,
        "surveys/import/looking.html",
        str(kind_of(an_import).title),
        heading=an_import.file_name,
        an_import=an_import,
        may_import=may_import,
    )
    if not an_import.is_set_aside:
        page["Refresh"] = str(REFRESH_SECONDS)
    return page


def _go_on(
    desk: DeskAdmin, request: HttpRequest, an_import: Import, form: PreviewForm
) -> HttpResponse:
    """Begin what was looked at, or look again where something else was chosen."""
    options = form.options(person_at(request), timezone.now())
    is_other = options != an_import.options
    if "begin" in request.POST and not is_other:
        if not form.look.obstacle:
            notes, by = form.look.notes, person_at(request)
            control.begin(an_import, notes=notes, by=by, now=timezone.now())
        return redirect(request.path)
    if "begin" in request.POST:
        again = gettext("You have chosen something else. Please look once more before you import.")
        desk.message_user(request, again, messages.WARNING)
    chosen = control.choose(an_import, options, language=get_language() or languages.DEFAULT)
    if chosen and is_read_in_a_moment(an_import):
        look_at(an_import, timezone.now())
    return redirect(request.path)


def _discard(desk: DeskAdmin, request: HttpRequest, an_import: Import) -> HttpResponse:
    if not control.discard(an_import):
        return redirect(request.path)
    gone = gettext("Thrown away. Nothing was imported, and the file is deleted.")
    desk.message_user(request, gone, messages.SUCCESS)
    return redirect(kind_of(an_import).list_of_rows)


def _show(
    desk: DeskAdmin,
    request: HttpRequest,
    an_import: Import,
    form: PreviewForm,
    *,
    status: int = 200,
) -> HttpResponse:
    look, kind = form.look, kind_of(an_import)
    page = desk.page(
        request,
        "surveys/import/preview.html",
        str(kind.title),
        heading=an_import.file_name,
        is_wide=True,
        form=form,
        look=look,
        columns=look.plan.columns if look.plan else [],
        notes=look.notes,
        first_rows=FirstRowsTable.of(look),
        may_import=kind.may_be_imported_by(request.user),
    )
    page.status_code = status
    return page


@dataclass(frozen=True)
class FirstRowsTable:
    """The first rows as they will be read, under the names of what is read from each."""

    labels: list[str]
    # Its number, its cells with their labels, and why it would be refused.
    rows: list[tuple[int, list[tuple[str, str]], str]]

    @classmethod
    def of(cls, look: Look) -> FirstRowsTable:
        """Empty while something stands in the way: it would be said of every row once more."""
        first_rows = look.plan.first_rows if look.plan and not look.obstacle else []
        labels = list(dict.fromkeys(label for row in first_rows for label, _v in row.readings))
        rows = [(row.number, _cells(row, labels), row.refused) for row in first_rows]
        return cls(labels, rows)

    @property
    def refused(self) -> int:
        return sum(bool(why) for _number, _cells, why in self.rows)


def _cells(row: FirstRow, labels: list[str]) -> list[tuple[str, str]]:
    """The cells under all labels; none for a row that says nothing to keep, or is refused."""
    values = dict(row.readings)
    return [(label, values.get(label, "")) for label in labels if values]


def _options_of(question: Question) -> list[str]:
    signed = [f"{question.option}_by", f"{question.option}_at"]
    return [question.option, *(signed if question.is_signed else [])]


def _signature(question: Question, by: User, now: datetime) -> dict[str, str]:
    name, at = f"{question.option}_by", f"{question.option}_at"
    return {name: by.get_full_name() or by.get_username(), at: now.isoformat(timespec="seconds")}


def _name_of(question: Question) -> str:
    return (COLUMN if question.about_column else QUESTION) + question.option
