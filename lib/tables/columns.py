"""Find the columns of a table by the names that people and their tools give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lib.tables.plan import ColumnUse, Question
from lib.tables.read import Sheet, UnreadableTable, plain

NONE = ""  # chosen for a column that the table is said not to have

# "Started at (Asia/Tokyo)", "メール【必須】", "E-mail *": what says how, not what.
ASIDE = re.compile(r"\s*(\([^)]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕|[*※:?]+)\s*$")
BETWEEN_WORDS = re.compile(r"[\s_.\-/:]+")


class MissingColumn(UnreadableTable):
    """The table lacks a column that was asked for; its message says which columns it has."""


def find_columns(
    sheet: Sheet, names: Mapping[str, Sequence[str]], chosen: Mapping[str, str | None] | None = None
) -> dict[str, str | None]:
    """The header of each column, as the file spells it; None for what the table does not have.

    `names` holds what people call each column, in every language, the most telling name first. A
    name that somebody has chosen for a column goes before these, and NONE means that there is no
    such column. No header is found for two. Raises MissingColumn when a chosen one is not there.
    """
    chosen = {column: name for column, name in (chosen or {}).items() if name is not None}
    found: dict[str, str | None] = {
        column: _chosen(sheet, name) if name else None for column, name in chosen.items()
    }
    for column, known in names.items():
        if column not in found:
            found[column] = _known(sheet, known, {*found.values()})
    return {column: found[column] for column in names}


def _chosen(sheet: Sheet, name: str) -> str:
    if (header := sheet.column(name)) is None:
        raise MissingColumn(
            _("There is no column “%(name)s”. The file has %(headers)s.")
            % {"name": name, "headers": quoted(sheet.headers)}
        )
    return header


def _known(sheet: Sheet, names: Sequence[str], taken: set[str | None]) -> str | None:
    """The header that the first of these names means and that is not taken.

    A whole header goes before one of which only the words outside its brackets are the name.
    """
    free = [header for header in sheet.headers if header not in taken]
    for words in (all_words_of, words_of):
        called = {words(header): header for header in reversed(free)}
        found = (called[known] for name in names if (known := all_words_of(name)) in called)
        if header := next(found, None):
            return header
    return None


def words_of(header: str) -> str:
    """The words of a header without what tools put around them: `E-mail 1 - Value` as `e mail 1
    value`, `Started at (Asia/Tokyo)` as `started at`."""
    words = plain(header)
    while words != (shorter := ASIDE.sub("", words)) and shorter:
        words = shorter
    return all_words_of(words)


def all_words_of(header: str) -> str:
    return BETWEEN_WORDS.sub(" ", plain(header)).strip()


def quoted(headers: Iterable[str]) -> str:
    return ", ".join(f"“{header}”" for header in headers)


def column_uses(
    sheet: Sheet, found: Mapping[str, str | None], labels: Mapping[str, Any], otherwise: str
) -> list[ColumnUse]:
    """Each column of the sheet with what it was found for; `otherwise` labels all others."""
    uses = {header: use for use, header in found.items() if header}
    return [
        ColumnUse(header, use, str(labels[use]) if use else otherwise)
        for header in sheet.headers
        for use in [uses.get(header, "")]
    ]


def column_questions(
    sheet: Sheet,
    found: Mapping[str, str | None],
    labels: Mapping[str, Any],
    *,
    needed: Mapping[str, str],
) -> list[Question]:
    """For each use the question which column it is; `needed` says what is wrong without one."""
    headers = [(header, header) for header in sheet.headers]
    return [
        Question(
            option=use,
            asks=_("Column: %(use)s") % {"use": label},
            choices=tuple(headers if use in needed else [(NONE, _("none")), *headers]),
            answer=found[use] or NONE,
            about_column=True,
            obstacle=_missing(sheet, needed[use]) if use in needed and not found[use] else "",
        )
        for use, label in labels.items()
    ]


def _missing(sheet: Sheet, wrong: str) -> str:
    return _("%(wrong)s The file has %(headers)s; please choose one.") % {
        "wrong": wrong,
        "headers": quoted(sheet.headers),
    }
