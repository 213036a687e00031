"""Titles above the header and descriptions below it are no rows; what is unsure is read."""

import pytest

from lib.tables.read import UnreadableTable
from tests.lib.tables.reading import notes, sheet, values

pytestmark = pytest.mark.usefixtures("in_english")

QUALTRICS = (
    'StartDate,ResponseId,Q1\n"Start Date","Response ID","Why, in a word?"\n'
    '"{""ImportId"":""startDate"",""timeZone"":""Asia/Tokyo""}","{""ImportId"":""_recordId""}",'
    '"{""ImportId"":""QID1_TEXT""}"\n2026-10-01 09:00:00,R_1a,Fast\n'
)
SURVEYMONKEY = (
    "Respondent ID,Collector ID,Start Date,Which ones?,,Why?\n"
    ",,,Shop,Web,Open-Ended Response\n"
    "118,42,10/05/2026,Shop,,Too slow\n"
)


def numbers(content):
    return [row.number for row in sheet(content).rows]


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_the_second_and_third_row_of_qualtrics_are_skipped_and_noted(delimiter):
    content = QUALTRICS.replace("Why, in", "Why in").replace('","', f'"{delimiter}"')
    content = content.replace(",Q1", f"{delimiter}Q1").replace("Date,Resp", f"Date{delimiter}Resp")
    content = content.replace(",R_1a,", f"{delimiter}R_1a{delimiter}")

    assert numbers(content) == [4]
    assert [note[:50] for note in notes(content)][-2:] == [
        "Row 2 describes the columns and was skipped: “Star",
        'Row 3 describes the columns and was skipped: “{"Im',
    ]


def test_the_second_row_of_surveymonkey_is_skipped_and_names_the_nameless_columns():
    read = sheet(SURVEYMONKEY)

    assert [row.number for row in read.rows] == [3]
    assert read.headers[3:] == ["Which ones?", "Which ones? / Web", "Why?"]


@pytest.mark.parametrize("said", ["Response", "Open-Ended Response", "自由回答", "回答"])
def test_a_row_below_the_header_that_names_kinds_of_answers_is_skipped(said):
    assert numbers(f"ID,日付,理由\n,,{said}\n1,2026-10-05,良い\n") == [3]


def test_the_row_of_field_codes_of_limesurvey_is_skipped():
    content = (
        "Response ID\tDate submitted\tLast page\tWhy?\nid\tsubmitdate\tlastpage\tQ1\n"
        "1\t2026-10-05\t2\tFast\n"
    )

    assert values(content) == [["1", "2026-10-05", "2", "Fast"]]


def test_names_below_a_name_over_several_columns_are_joined_with_it():
    content = "ID,回答,,日付\n,良い点,悪い点,\n1,a,b,2026-10-05\n2,c,d,2026-10-06\n"

    assert sheet(content).headers == ["ID", "回答", "回答 / 悪い点", "日付"]
    assert numbers(content) == [3, 4]


def test_labels_that_say_the_header_again_are_skipped():
    assert numbers("StartDate,ResponseId,Q1\nStart Date,Response ID,Why?\n1,2,x\n") == [3]


@pytest.mark.parametrize(
    "title",
    [
        "アンケート結果",
        "アンケート結果,,",
        "Report 2026",
        '"Survey, all of it"',
        "# made by a tool",
    ],
)
def test_a_title_above_the_header_is_skipped_and_noted(title):
    content = f"{title}\nid,date,comment\n1,2026-10-05,Good\n2,2026-10-06,Bad\n"

    assert sheet(content).headers == ["id", "date", "comment"]
    assert numbers(content) == [3, 4]
    assert notes(content)[0].startswith("Row 1 stands above the header and was skipped: “")


def test_several_titles_and_empty_rows_are_skipped():
    content = "結果\n\n期間：2026年10月\n\n番号,コメント\n1,良い\n2,悪い\n"

    assert numbers(content) == [6, 7]
    assert len(notes(content)) == 2


@pytest.mark.parametrize(
    "content",
    [
        "comment\nNice, but slow\nGood, but dear\n",
        "comment\nfast,cheap\ngood,nice\n",
        "email\nhana@example.com\njiro@example.com\n",
        "comment,\nGood,\nBad,\n",
    ],
)
def test_a_header_of_one_name_is_no_title(content):
    assert sheet(content).headers[0] in ("comment", "email")
    assert numbers(content) == [2, 3]


@pytest.mark.parametrize("word", ["Total", "合計", "平均", "Grand Total"])
def test_a_row_of_totals_at_the_end_is_skipped_and_noted(word):
    content = f"id,score,comment\n1,9,Good\n2,3,Bad\n{word},12,\n"

    assert numbers(content) == [2, 3]
    assert notes(content) == [f"Row 4 adds up the rows above and was skipped: “{word} 12”."]


@pytest.mark.parametrize("row", ["Total,12,Good", "合計,良い,", "Total,,", "1,12,Total"])
def test_what_only_begins_like_totals_is_a_row(row):
    assert numbers(f"id,score,comment\n1,9,Good\n{row}\n") == [2, 3]


def test_a_word_of_totals_above_other_rows_is_a_row():
    assert numbers("id,score,comment\nTotal,12,\n2,3,Bad\n") == [2, 3]


def test_a_header_that_stands_there_again_is_skipped_and_noted():
    content = "id,comment\n1,Good\nid,comment\n2,Bad\n"

    assert numbers(content) == [2, 4]
    assert notes(content) == ["Row 3 repeats the header and was skipped."]


def test_a_row_that_may_describe_the_columns_is_read_and_noted():
    content = "id,date,comment\nfirst,second,third\n1,2026-10-05,a\n2,2026-10-06,b\n"

    assert numbers(content) == [2, 3, 4]
    assert notes(content) == ["Row 2 may describe the columns; it was read like every other row."]


def test_columns_of_one_name_are_numbered_and_lose_nothing():
    read = sheet("id,Comment,comment,Comment (2)\n1,a,b,c\n")

    assert read.headers == ["id", "Comment", "comment (3)", "Comment (2)"]
    assert next(read.rows).values == {"id": "1", "Comment": "a", "comment (3)": "b",
                                      "Comment (2)": "c"}  # fmt: skip
    assert read.notes == [
        "More than one column is called “comment”; column 3 is “comment (3)” here."
    ]


def test_empty_columns_behind_the_last_name_are_none():
    assert sheet("id,comment,,,\n1,Good,,,\n").headers == ["id", "comment"]


def test_null_characters_are_no_part_of_a_name():
    assert sheet("id,comment\0\0\n1,Good\n").headers == ["id", "comment"]


def test_a_header_that_cannot_be_read_is_told():
    with pytest.raises(UnreadableTable, match=r"Row 1, which names the columns, cannot be read: a"):
        sheet('"the "id",comment\n1,Good\n')
