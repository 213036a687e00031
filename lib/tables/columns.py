"""Find the columns of a table by the names that people give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from lib.tables.read import Sheet, UnreadableTable


class MissingColumn(UnreadableTable):
    """The table lacks a column that was asked for; its message says which columns it has."""


def find_columns(
    sheet: Sheet, names: Mapping[str, Sequence[str]], chosen: Mapping[str, str | None] | None = None
) -> dict[str, str | None]:
    """The header of each column, as the file spells it; None for what the table does not have.

    `names` holds what people call each column, in every language. A name that somebody has chosen
    for a column goes before these. Raises MissingColumn when a chosen one is not there.
    """
    chosen = chosen or {}
    return {
        column: _chosen(sheet, name) if (name := chosen.get(column)) else sheet.column(*known)
        for column, known in names.items()
    }


def _chosen(sheet: Sheet, name: str) -> str:
    if (header := sheet.column(name)) is None:
        raise MissingColumn(
            _("There is no column “%(name)s”. The file has %(headers)s.")
            % {"name": name, "headers": quoted(sheet.headers)}
        )
    return header


def quoted(headers: Iterable[str]) -> str:
    return ", ".join(f"“{header}”" for header in headers)
