"""JSON lines and lists of objects are tables whose columns are the keys."""

import pytest

from lib.tables.read import UnreadableTable
from tests.lib.tables.reading import faults, notes, sheet, values

pytestmark = pytest.mark.usefixtures("in_english")


def test_json_lines_are_rows_numbered_by_line():
    read = sheet(
        '{"id": 1, "requester": {"email": "a@example.com"}, "tags": ["late", "rude"]}\n'
        "\n"
        '{"id": 2, "description": "返品", "requester": {"email": null}, "ok": true}\n'
    )

    assert read.headers == ["id", "requester.email", "tags", "description", "ok"]
    assert [(row.number, row.values) for row in read.rows] == [
        (1, {"id": "1", "requester.email": "a@example.com", "tags": "late, rude",
             "description": "", "ok": ""}),
        (3, {"id": "2", "requester.email": "", "tags": "", "description": "返品", "ok": "true"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    ['[{"a": 1, "b": "x"}, {"a": 2}]', '[\n  {"a": 1, "b": "x"},\n  {"a": 2}\n]\n',
     '\ufeff [ {"a": 1, "b": "x"}, {"a": 2} ]'],
)  # fmt: skip
def test_a_list_of_objects_is_a_table(content):
    assert values(content) == [["1", "x"], ["2", ""]]
    assert [row.number for row in sheet(content).rows] == [1, 2]


@pytest.mark.parametrize(
    "content",
    ['{\n"count": 1, "tickets": [\n{"id": 7}\n]}',
     '{"count":1,"next_page":null,"tickets":[{"id":7,"via":{},"tags":[],"also":null,"more":null}]}'],
)  # fmt: skip
def test_the_one_list_in_an_object_is_the_table_and_noted(content):
    assert [cells[0] for cells in values(content)] == ["7"]
    assert notes(content) == ["The list “tickets” in the file was read."]


def test_a_single_json_line_with_a_short_list_is_a_row():
    line = '{"id": 1, "comment": "It came four days late", "replies": [{"body": "Sorry"}]}\n'

    assert values(line)[0][:2] == ["1", "It came four days late"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("1e400", "1e400"),
        ("9" * 5000, "9" * 5000),
        ("0.10", "0.10"),
        ("false", "false"),
        ("{}", ""),
        ("[]", ""),
        ('[{"b": "é"}]', '[{"b": "é"}]'),
        ('"two\\r\\nlines"', "two\nlines"),
        ('"😢 \\ud83d\\ude22"', "😢 😢"),
    ],
)
def test_values_are_kept_as_they_are_written(value, text):
    assert values(f'{{"a": {value}, "x": 1}}\n') == [[text, "1"]]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"a": 1', "it is no JSON from character"),
        ("fine", "it is no JSON from character 1 on"),
        ('{"a": 1, "a": 2}', "one of its keys stands in it twice"),
        ('{"a": 1, "b": {"c": 1}, "b.c": 2}', "two of its keys are “b.c”"),
        ("[1, 2]", "it is no object with keys"),
        ('"a"', "it is no object with keys"),
        ('{"a": "\\ud83d"}', "a character in column “a” is damaged: half of it is missing"),
        ('{"a": ' * 20_000, "its objects are nested too deep"),
    ],
)
def test_a_broken_line_is_refused_with_its_number(line, fault):
    content = f'{{"a": 0}}\n{line}\n{{"a": 2}}\n'

    assert list(faults(content)) == [2]
    assert faults(content)[2].startswith(fault)
    assert [row[0] for row in values(content)][::2] == ["0", "2"]


def test_a_bad_byte_refuses_its_line():
    content = '{"a": "良い席"}\n'.encode() + b'{"a": "x\xe5"}\n{"a": "y"}\n'

    assert list(faults(content)) == [2]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[{"a": 1},\n{"a": ]', "This file begins like JSON, but it is broken in line 2."),
        ('{"a": 1,\n"b": {}}', "This file is JSON, but no list of objects: it cannot be read as a "
         "table."),
        ('[["a"], ["1"]]', "This file is JSON, but no list of objects: it cannot be read as a "
         "table."),
        ("[" * 100_000, "This file is JSON of a shape that cannot be read."),
    ],
)  # fmt: skip
def test_json_that_is_no_table_is_refused(content, sentence):
    with pytest.raises(UnreadableTable) as refused:
        sheet(content)

    assert str(refused.value) == sentence


def test_a_table_whose_header_begins_like_json_is_a_table():
    assert sheet("[id],{name}\n1,2\n").headers == ["[id]", "{name}"]
