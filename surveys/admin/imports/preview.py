"""The preview of an import: what the table is taken for, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.admin_base import DeskAdmin, person_at
from lib.tables.plan import FirstRow, Plan, Question
from lib.tables.read import UnreadableTable
from lib.text import one_line
from surveys.imports import control
from surveys.imports.kinds import READING, Kind, kind_of, open_import
from surveys.models import Import

LONGEST_READING = 80  # characters of a cell that the preview shows
COLUMN, QUESTION = "column-", "question-"
READING_CHOICES: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
    "encoding": (
        _("Encoding"),
        [
            ("", _("as found")),
            ("utf-8", "UTF-8"),
            ("cp932", "Shift_JIS (CP932)"),
            ("utf-16", "UTF-16"),
            ("euc_jp", "EUC-JP"),
            ("iso2022_jp", "ISO-2022-JP"),
            ("cp1252", "Windows-1252"),
        ],
    ),
    "delimiter": (
        _("Between the cells"),
        [
            ("", _("as found")),
            (",", _("comma")),
            ("\t", _("tab")),
            (";", _("semicolon")),
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


@dataclass(frozen=True)
class Look:
    """What a file is taken for with the options it has now; `error` where it cannot be read."""

    plan: Plan | None = None
    error: str = ""

    @property
    def questions(self) -> list[Question]:
        return self.plan.questions if self.plan else []

    @property
    def obstacle(self) -> str:
        """Why nothing can be imported as it is."""
        if self.plan and self.plan.obstacle:
            return self.plan.obstacle.obstacle
        return self.error


def look_at(an_import: Import) -> Look:
    """Read the beginning of the file. A column that was chosen and is gone is as one not chosen."""
    try:
        return Look(open_import(an_import, timezone.now()).plan())
    except UnreadableTable as error:
        return Look(error=str(error))


class PreviewForm(forms.Form):
    """Every choice there is about the table, with what is taken now."""

    def __init__(self, kind: Kind, look: Look, stored: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data)
        self.look, self.stored, self.kind = look, stored, kind
        for question in look.questions:
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

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith(COLUMN)]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith((COLUMN, *READING))]

    @property
    def reading_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in READING]

    def options(self) -> dict[str, Any]:
        """The options as they were answered. Read in another way, the columns are others."""
        answers = self.cleaned_data
        reading = {name: answers[name] for name in READING if answers[name]}
        options = {**reading, self.kind.choice.option: answers[self.kind.choice.option]}
        if reading == {name: self.stored[name] for name in READING if self.stored.get(name)}:
            options |= self._answered()
        return options

    def _answered(self) -> dict[str, Any]:
        """Answers that somebody gave, now or before; what was found by itself is none."""
        questions = self.look.questions
        chosen = dict(self.stored.get("chosen") or {})
        others = {q.option: self.stored[q.option] for q in questions if q.option in self.stored}
        for question in questions:
            answer = self.cleaned_data[_name_of(question)]
            if answer != question.answer:
                (chosen if question.about_column else others)[question.option] = answer
        return {**others, **({"chosen": chosen} if chosen else {})}


def preview_page(desk: DeskAdmin, request: HttpRequest, an_import: Import) -> HttpResponse:
    kind, look = kind_of(an_import), look_at(an_import)
    may_import = kind.may_be_imported_by(request.user)
    if request.method != "POST" or not may_import:
        return _show(desk, request, an_import, PreviewForm(kind, look, an_import.options))
    if "discard" in request.POST:
        return _discard(desk, request, an_import)
    form = PreviewForm(kind, look, an_import.options, request.POST)
    if not form.is_valid():
        return _show(desk, request, an_import, form, status=422)
    return _go_on(desk, request, an_import, form)


def _go_on(
    desk: DeskAdmin, request: HttpRequest, an_import: Import, form: PreviewForm
) -> HttpResponse:
    """Begin what was looked at, or look again where something else was chosen."""
    options = form.options()
    if options != an_import.options:
        control.choose(an_import, options)
        if "begin" in request.POST:
            again = gettext(
                "You have chosen something else. Please look once more before you import."
            )
            desk.message_user(request, again, messages.WARNING)
    elif "begin" in request.POST and form.look.plan and not form.look.obstacle:
        notes, by = form.look.plan.notes, person_at(request)
        control.begin(an_import, notes=notes, by=by, now=timezone.now())
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
        notes=look.plan.notes if look.plan else [],
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
        rows = [(row.number, _cells(row, labels), one_line(row.refused)) for row in first_rows]
        return cls(labels, rows)

    @property
    def refused(self) -> int:
        return sum(bool(why) for _number, _cells, why in self.rows)


def _cells(row: FirstRow, labels: list[str]) -> list[tuple[str, str]]:
    """The cells under all labels; none for a row that says nothing to keep, or is refused."""
    values = dict(row.readings)
    return [(label, _short(values.get(label, ""))) for label in labels if values]


def _short(value: str) -> str:
    line = one_line(value)
    return line if len(line) <= LONGEST_READING else line[:LONGEST_READING] + "…"


def _name_of(question: Question) -> str:
    return (COLUMN if question.about_column else QUESTION) + question.option
