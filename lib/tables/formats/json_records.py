"""Read JSON lines, and JSON that holds one list of objects, as a table: each key is a column.

Numbers stay as they are written, whatever their size. Keys of objects within objects are joined by
a dot, `requester.email`, and lists of words by commas.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from lib.tables.formats.delimited import lines_of
from lib.tables.formats.encoding import decoded, said_bad
from lib.tables.limits import CELLS_PER_ROW
from lib.tables.rows import sheet_of_rows
from lib.tables.sheet import Line, Sheet, UnreadableTable, excerpt

BEGINNING = re.compile(r'\s*(\{\s*["}]|\[\s*[\[{\]])')
Fields = dict[str, str]
# The records inside a value, where somebody knows what it holds; None where it is one itself.
Opened = Callable[[Any], list[dict[str, Any]] | None]


class BrokenRecord(ValueError):
    """A line is no record; its message says why."""


def is_json(start: str) -> bool:
    return bool(BEGINNING.match(start))


def closed(value: Any) -> None:
    """An `Opened` that knows nothing: each value is one record."""


def read(file: BinaryIO, encoding: str, notes: list[str], opened: Opened = closed) -> Sheet:
    """The sheet of a file that begins like JSON. Raises UnreadableTable."""
    names: dict[str, None] = {}
    for _number, fields, _fault in _records(file, encoding, [], opened):
        names.update(dict.fromkeys(fields))
    if not names:
        raise UnreadableTable(_("Nothing in this file was said by a customer."))
    if len(names) > CELLS_PER_ROW:
        raise UnreadableTable(
            _("This file has %(n)d kinds of fields, and %(most)d can be read.")
            % {"n": len(names), "most": CELLS_PER_ROW}
        )
    return sheet_of_rows(list(names), _lines(file, encoding, list(names), notes, opened), notes)


def fields_of(text: str, opened: Opened) -> list[Fields]:
    """The records inside a text of JSON, such as an interface answers.

    Raises BrokenRecord for what is no JSON, or nothing that `opened` knows.
    """
    items = opened(_record(text))
    if items is None:
        raise BrokenRecord(_("it is JSON, but not what was expected"))
    return [_fields(item) for item in items]


def _lines(
    file: BinaryIO, encoding: str, names: list[str], notes: list[str], opened: Opened
) -> Iterator[Line]:
    for number, fields, fault in _records(file, encoding, notes, opened):
        yield Line(number, [fields.get(name, "") for name in names], fault)


def _records(
    file: BinaryIO, encoding: str, notes: list[str], opened: Opened
) -> Iterator[tuple[int, Fields, str]]:
    """Each record with its number, which no other has, and the reason why it cannot be taken."""
    last = 0
    for number, text_or_record in _parts(file, encoding, notes, opened):
        for fields, fault in _inside(text_or_record, opened):
            last = max(last + 1, number)
            yield last, fields, fault


def _inside(text_or_record: Any, opened: Opened) -> list[tuple[Fields, str]]:
    try:
        record = _record(text_or_record)
        items = opened(record)
        return [(_fields(item), "") for item in ([record] if items is None else items)]
    except BrokenRecord as broken:
        return [({}, str(broken))]


def _parts(
    file: BinaryIO, encoding: str, notes: list[str], opened: Opened
) -> Iterator[tuple[int, Any]]:
    """The lines of JSON lines, or the items of the list that the whole file is."""
    filled = (line for line in lines_of(file, encoding, "\n") if line.strip())
    first, second = islice(chain(filled, ("", "")), 2)
    if _is_record(first) and (second or not _is_answer(first)):
        yield from _filled_lines(file, encoding)
        return
    whole = _whole("".join(decoded(file, encoding)))
    if isinstance(whole, dict) and opened(whole) is not None:
        yield 1, whole
    else:
        yield from enumerate(_list_in(whole, notes), start=1)


def _filled_lines(file: BinaryIO, encoding: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines_of(file, encoding, "\n"), start=1):
        if line.strip():
            yield number, line


def _is_record(line: str) -> bool:
    try:
        return isinstance(_record(line), dict) and not line.lstrip().startswith("[")
    except BrokenRecord:
        return False


def _is_answer(line: str) -> bool:
    """True for what an interface answers on one line: a list of objects, and little beside it."""
    lists = [value for value in _record(line).values() if _is_list_of_objects(value)]
    return len(lists) == 1 and 2 * len(json.dumps(lists[0], ensure_ascii=False)) > len(line)


def _whole(text: str) -> Any:
    try:
        return parsed(text)
    except json.JSONDecodeError as error:
        raise UnreadableTable(
            _("This file begins like JSON, but it is broken in line %(number)d.")
            % {"number": error.lineno}
        ) from None
    except (RecursionError, BrokenRecord):
        raise UnreadableTable(_("This file is JSON of a shape that cannot be read.")) from None


def _list_in(whole: Any, notes: list[str]) -> list[Any]:
    if isinstance(whole, list) and any(isinstance(item, dict) for item in whole):
        return whole
    fields = {} if isinstance(whole, list) else whole
    lists = {key: value for key, value in fields.items() if _is_list_of_objects(value)}
    if len(lists) != 1:
        raise UnreadableTable(
            _("This file is JSON, but no list of objects: it cannot be read as a table.")
        )
    ((key, found),) = lists.items()
    notes.append(_("The list “%(name)s” in the file was read.") % {"name": excerpt(key)})
    return list(found)


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _record(part: Any) -> Any:
    if not isinstance(part, str):
        return part
    if fault := said_bad(part):
        raise BrokenRecord(fault)
    try:
        return parsed(part)
    except json.JSONDecodeError as error:
        raise BrokenRecord(
            _("it is no JSON from character %(n)d on") % {"n": error.colno}
        ) from None
    except RecursionError:
        raise BrokenRecord(_("its objects are nested too deep")) from None


def parsed(text: str) -> Any:
    """The value that a text of JSON is, its numbers as written. Raises JSONDecodeError too."""
    return json.loads(
        text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_object
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise BrokenRecord(_("one of its keys stands in it twice"))
    return made


def _fields(record: Any) -> Fields:
    if not isinstance(record, dict):
        raise BrokenRecord(_("it is no object with keys"))
    fields: Fields = {}
    try:
        _flatten(record, "", fields)
    except RecursionError:
        raise BrokenRecord(_("its objects are nested too deep")) from None
    return fields


def _flatten(record: dict[str, Any], before: str, fields: Fields) -> None:
    for key, value in record.items():
        name = f"{before}{key.strip()}"
        if isinstance(value, dict) and value:
            _flatten(value, f"{name}.", fields)
        elif name in fields:
            raise BrokenRecord(_("two of its keys are “%(name)s”") % {"name": excerpt(name)})
        else:
            fields[name] = _text(value)


def _text(value: Any) -> str:
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _joined(value)
    return str(value)


def _joined(values: list[Any]) -> str:
    if any(isinstance(value, list | dict) for value in values):
        return json.dumps(values, ensure_ascii=False)
    return ", ".join(map(_text, values))
