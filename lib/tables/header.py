"""Find the row that names the columns, and the rows around it that are no data.

Tools put titles above the header, and a second and third row of descriptions below it. They are
known by their shape, skipped, and told; where the shape is not clear they are read as rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from lib.tables.formats.encoding import said_bad
from lib.tables.limits import CELLS_PER_ROW, CHARACTERS_PER_CELL
from lib.tables.sheet import Line, UnreadableTable, excerpt, plain

ROWS_AHEAD = 12
MOST_TITLES = 6
LONGEST_NAME = 300  # questions of surveys are names of columns, and long

# A value and no name of a column: a number, a date, an address.
VALUE = re.compile(
    r"[\s\d.,:/%+\-年月日時分秒¥$€]*\d[\s\d.,:/%+\-年月日時分秒TZ¥$€]*|[^\s@]+@[^\s@]+"
)
IMPORT_ID = re.compile(r'\{\s*"+ImportId"+\s*:')  # the third row of Qualtrics
RESPONDENT_ID = {"respondent id", "respondentid", "回答者id", "回答者 id"}  # SurveyMonkey
ANSWER_KINDS = {"response", "open-ended response", "回答", "自由回答", "自由形式の回答"}
FIELD_CODES = {"id", "token", "submitdate", "lastpage", "startlanguage", "datestamp"}  # LimeSurvey
TOTALS = {"total", "totals", "grand total", "sum", "average", "合計", "総計", "小計", "計", "平均"}


def header_at(lines: Sequence[Line]) -> int:
    """The index of the header among the first rows: titles may stand above it."""
    for at in range(1, min(MOST_TITLES, len(lines) - 1)):
        if not _is_title(lines[at - 1].cells):
            return 0
        if _is_header_below_title(lines[at:]):
            return at
    return 0


def _is_title(cells: Sequence[str]) -> bool:
    return len(_filled(cells)) == 1


def _is_header_below_title(lines: Sequence[Line]) -> bool:
    """True for names above rows of the same width that hold what no name looks like."""
    header, below = lines[0].cells, [line.cells for line in lines[1:]]
    names = _filled(header)
    if len(names) < 2 or len(set(map(plain, names))) < len(names) or not all(map(_is_name, names)):
        return False
    even = all(len(cells) == len(header) for cells in below[:3])
    typed = any(
        all(_is_value(cell) for cell in column if cell) and any(column)
        for column in zip(*below, strict=False)
    )
    return even and (typed or (len(names) > 2 and len(below) > 1))


def _is_name(cell: str) -> bool:
    return len(cell) <= LONGEST_NAME and not cell.startswith(" ") and not _is_value(cell)


def _is_value(cell: str) -> bool:
    return bool(VALUE.fullmatch(cell.strip()))


def _filled(cells: Iterable[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def descriptions_below(header: Line, below: Sequence[Line], notes: list[str]) -> list[Line]:
    """The rows right below the header that describe its columns and are no data."""
    skipped = _described(header, below)
    if skipped:
        for line in skipped:
            notes.append(
                _("Row %(number)d describes the columns and was skipped: “%(words)s”.")
                % {"number": line.number, "words": excerpt(" · ".join(_filled(line.cells)))}
            )
    elif _may_describe(below):
        notes.append(
            _("Row %(number)d may describe the columns; it was read like every other row.")
            % {"number": below[0].number}
        )
    return skipped


def _described(header: Line, below: Sequence[Line]) -> list[Line]:
    for n, line in enumerate(below[:3]):
        filled = _filled(line.cells)
        if filled and sum(bool(IMPORT_ID.match(cell)) for cell in filled) * 2 > len(filled):
            return [*below[: n + 1]]
    if below and (_repeats(header, below[0]) or _names_answers(header, below[0])):
        return [below[0]]
    return []


def _repeats(header: Line, line: Line) -> bool:
    """True where at least two cells, and half of them, say what the header says above them."""
    pairs = [pair for pair in zip(header.cells, line.cells, strict=False) if pair[1].strip()]
    same = sum(_joined(name) == _joined(cell) for name, cell in pairs)
    return same >= 2 and same * 2 >= len(pairs)


def _names_answers(header: Line, line: Line) -> bool:
    """True for the second row of SurveyMonkey, or of LimeSurvey for SPSS and VV."""
    cells = {plain(cell) for cell in _filled(line.cells)}
    if len(cells & FIELD_CODES) >= 3:
        return True
    if _divides_groups(header, line):
        return True
    empty_id = bool(header.cells[0].strip()) and not line.cells[0].strip()
    return empty_id and (bool(cells & ANSWER_KINDS) or plain(header.cells[0]) in RESPONDENT_ID)


def _divides_groups(header: Line, line: Line) -> bool:
    """True for names below a name that stands over several columns, and below no other."""
    names = [cell.strip() for cell in header.cells]
    gaps = [at for at, name in enumerate(names) if not name and any(names[at:])]
    below = [cell.strip() for cell in line.cells]
    return (
        bool(gaps)
        and len(below) >= len(names)
        and not below[0]
        and all(below[at] and not _is_value(below[at]) for at in gaps)
    )


def _may_describe(below: Sequence[Line]) -> bool:
    """True where two columns hold values in every row but the first."""
    first, rest = [line.cells for line in below[:1]], [line.cells for line in below[1:4]]
    if len(rest) < 2 or not first:
        return False
    columns: list[tuple[str, ...]] = list(zip(first[0], *rest, strict=False))
    named = [c for c in columns if c[0] and not _is_value(c[0]) and all(map(_is_value, c[1:]))]
    return len(named) > 1


def _joined(name: str) -> str:
    return re.sub(r"[\s_\-]", "", plain(name))


def name_columns(header: Line, described: Sequence[Line], notes: list[str]) -> list[str]:
    """A name for each column, each its own; empty for what stands behind the last name.

    Raises UnreadableTable for a header that cannot be read as it stands.
    """
    _refuse_unsafe(header)
    cells = [cell.replace("\0", "") for cell in header.cells]
    names = [" ".join(cell.split()) if "\n" in cell else cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for at, name in enumerate(names):
        if not name:
            names[at] = _name_of_nameless(at, names, described)
            notes.append(
                _("Column %(number)d has no name; it is called “%(name)s”.")
                % {"number": at + 1, "name": names[at]}
            )
    return _numbered(names, notes)


def _refuse_unsafe(header: Line) -> None:
    fault = header.fault or next(filter(None, map(said_bad, header.cells)), "")
    if len(header.cells) > CELLS_PER_ROW:
        fault = _("it has more than %(most)d cells") % {"most": CELLS_PER_ROW}
    if any(len(cell) > CHARACTERS_PER_CELL for cell in header.cells):
        fault = _("a cell has more than %(most)d characters") % {"most": CHARACTERS_PER_CELL}
    if fault:
        raise UnreadableTable(
            _("Row %(number)d, which names the columns, cannot be read: %(fault)s.")
            % {"number": header.number, "fault": fault}
        )


def _name_of_nameless(at: int, names: Sequence[str], described: Sequence[Line]) -> str:
    """Its description below the last name on its left, as questions of several answers have it."""
    cells = described[0].cells if described else []
    said = cells[at].strip() if at < len(cells) else ""
    before = names[at - 1].split(" / ")[0] if at else ""
    if said and before:
        return f"{before} / {excerpt(said)}"
    return _("Column %(number)d") % {"number": at + 1}


def _numbered(names: list[str], notes: list[str]) -> list[str]:
    """The names, those that stand there again with a number behind them."""
    taken = {plain(name) for name in names}
    times: Counter[str] = Counter()
    for at, name in enumerate(names):
        times[plain(name)] += 1
        if times[plain(name)] > 1:
            number = times[plain(name)]
            while plain(f"{name} ({number})") in taken:
                number += 1
            names[at] = f"{name} ({number})"
            taken.add(plain(names[at]))
            notes.append(
                _("More than one column is called “%(name)s”; column %(number)d is “%(now)s” here.")
                % {"name": excerpt(name), "number": at + 1, "now": excerpt(names[at])}
            )
    return names


def is_total(cells: Sequence[str]) -> bool:
    """True for a row that adds up the rows above: its word, numbers, and empty cells."""
    filled = filter(str.strip, cells)
    first, second = next(filled, ""), next(filled, "")
    # In this order, because every row is asked: nearly all have words there.
    return _is_value(second) and plain(first) in TOTALS and all(map(_is_value, filled))
