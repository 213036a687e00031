"""Columns are found by what people call them, or by what somebody says this file calls them."""

import io

import pytest

from lib.tables.columns import MissingColumn, find_columns
from lib.tables.read import read_table

pytestmark = pytest.mark.usefixtures("in_english")

NAMES = {"text": ("text", "本文"), "id": ("id", "管理番号")}


def found(header, **chosen):
    return find_columns(read_table(io.BytesIO(f"{header}\nx\n".encode())), NAMES, chosen)


@pytest.mark.parametrize("header", ["id,text", "管理番号,本文", "ＩＤ, Text "])
def test_columns_are_found_by_their_names_in_either_language(header):
    first, second = header.split(",")

    assert found(header) == {"text": second.strip(), "id": first}


def test_a_column_that_the_table_does_not_have_is_none():
    assert found("text,plan") == {"text": "text", "id": None}


def test_a_chosen_name_goes_before_the_known_ones():
    assert found("text,words", text="Words") == {"text": "words", "id": None}


def test_a_chosen_column_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(MissingColumn) as missing:
        found("text,id", text="words")

    assert str(missing.value) == "There is no column “words”. The file has “text”, “id”."
