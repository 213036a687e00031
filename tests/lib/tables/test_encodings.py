"""Small files are read as they were written, guesses told; a bad byte costs its row alone."""

import pytest

from lib.tables.read import UnreadableTable
from tests.lib.tables.reading import faults, notes, sheet, values

pytestmark = pytest.mark.usefixtures("in_english")

JAPANESE = [
    "ﾊﾔｲ", "ｵｿｲ", "ﾃｽﾄ", "ﾃｽﾃｽﾄ", "ｻﾄｳ", "ﾐｷ", "ﾏｲ", "ｶﾞﾝﾊﾞﾚ",
    "ﾕｳｺ", "ﾖｼｺ", "ﾗﾍﾞﾙ", "ﾊﾟｿｺﾝ", "ｺｰﾋｰ", "ｦ", "9:00～10:00", "～", "良い",
    "悪い", "遅", "十", "表示", "ソ", "髙橋", "①", "㈱山田", "№5", "㎏", "℃", "りた", "もり",
    "るか", "齋藤", "渡邊", "渡邉", "草彅", "山﨑", "とても良かったです", "ヴァイオリン",
    "A～B", "100％", "Wi-Fiが遅い", "「良い」", "！", "※", "ー", "々", "申", "使いづらい",
]  # fmt: skip
WESTERN = [
    "Andrés", "Müller", "Größe", "naïve", "café", "José", "à la carte", "Ça va", "Señor", "£5",
    "20°C", "it’s bad", "“Great”", "5 – 6", "Æsop", "São Paulo", "déjà vu", "voilà!", "Straße",
    "crème brûlée", "¿Qué?", "¡Hola!", "mañana", "Fußgänger", "100 €",
]  # fmt: skip
TABLES = ("id,date,comment\r\n1,2026-10-05,{}\r\n", "comment\n{}\n", "id,comment\n1,{}\n2,ok\n")


@pytest.mark.parametrize("words", JAPANESE)
def test_a_small_file_in_shift_jis_is_read_and_told(words):
    for table in TABLES:
        content = table.format(words).encode("cp932")

        assert values(content)[0][-1] == words
        assert notes(content) == [
            "The file does not say how its characters are encoded; it was read as Shift_JIS."
        ]


@pytest.mark.parametrize("words", WESTERN)
def test_a_small_file_in_windows_1252_is_read_and_told(words):
    for table in TABLES:
        content = table.format(words).encode("cp1252")

        assert values(content)[0][-1] == words
        assert notes(content)[-1].endswith("it was read as Windows-1252.")


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("良い", "euc_jp"),
        ("とても遅い", "euc_jp"),
        ("コーヒー①", "euc_jis_2004"),
        ("良い", "iso2022_jp"),
        ("ﾊﾔｲ", "iso2022_jp_ext"),
        ("①番", "iso2022_jp_2004"),
        ("良い", "utf-16-le"),
        ("fine", "utf-16-be"),
        ("良い", "utf-32"),
        ("良い", "utf-16"),
    ],
)
def test_other_encodings_are_seen(words, encoding):
    assert values(f"id,comment\n1,{words}\n".encode(encoding)) == [["1", words]]


@pytest.mark.parametrize("words", ["良い", "да", "café", "é", "😢", "한국어"])
def test_utf_8_is_read_without_a_word(words):
    content = f"id,comment\n1,{words} {words}\n".encode()

    assert values(content) == [["1", f"{words} {words}"]]
    assert notes(content) == []


def test_two_byte_order_marks_are_none():
    assert sheet("\ufeff\ufeffid,a\n1,2\n").headers == ["id", "a"]


def test_an_encoding_may_be_said():
    content = "id,comment\n1,ÄÖÜ\n".encode("cp1252")

    assert values(content) == [["1", "ﾄﾖﾜ"]]
    assert values(content, encoding="cp1252") == [["1", "ÄÖÜ"]]
    assert notes(content, encoding="cp1252") == []


def test_an_encoding_that_nobody_knows_is_refused():
    with pytest.raises(UnreadableTable, match=r"“ebcdic” is no encoding we know; choose one of ut"):
        sheet("a\n1\n", encoding="ebcdic")


def test_a_bad_byte_refuses_its_row_with_column_and_byte_and_the_others_are_read():
    content = "id,comment\n1,席が狭い\n2,静か\n3,cut ".encode() + b"\xe5\xb8\n" + "4,良い".encode()

    assert faults(content) == {
        4: "a character in column “comment” is damaged: byte 0xE5 after “cut” does not fit the "
        "encoding of the file"
    }
    assert values(content)[3] == ["4", "良い"]


def test_a_bad_byte_in_shift_jis_refuses_its_row_alone():
    content = "id,comment\n1,席が狭い\n2,静か".encode("cp932") + b"\x81\n3,fine\n"

    assert list(faults(content)) == [3]
    assert values(content)[2] == ["3", "fine"]


def test_a_utf_16_file_that_was_cut_off_refuses_its_last_row():
    assert list(faults("name\nHana\nJiro".encode("utf-16")[:-1])) == [3]


def test_a_bad_byte_in_the_header_is_told():
    with pytest.raises(UnreadableTable, match=r"Row 1, which names the columns, cannot be read: b"):
        sheet("席が狭い,静か".encode() + b"\xe5,x\n1,2,3\n")


def test_a_file_of_many_bad_bytes_is_refused_with_the_line_of_the_first():
    bad = "id,comment\n1,良い\n".encode() + b"2,\xe5\xb8\n" * 30

    with pytest.raises(UnreadableTable) as refused:
        sheet(bad, encoding="utf-8")

    assert str(refused.value) == (
        "This file is not UTF-8: 30 places do not fit, the first in line 3. "
        "Please save it as “CSV UTF-8” and try again."
    )


def test_a_file_that_makes_no_words_in_any_encoding_is_refused_and_says_so():
    with pytest.raises(UnreadableTable, match="How the characters of this file are encoded canno"):
        sheet(b"name\n\x81\xff\xfe\n")


@pytest.mark.parametrize("byte", [b"\x80", b"\xa0", b"\xfd", b"\xfe", b"\xff"])
def test_a_byte_that_shift_jis_does_not_have_costs_its_row(byte):
    lines = ["comment,date", "良い香りです,2026-10-05", "席が狭い,2026-10-06", "静か,2026-10-07"]
    content = (
        "\r\n".join(lines)
        .encode("cp932")
        .replace("狭い".encode("cp932"), "狭い".encode("cp932") + byte)
    )

    assert faults(content) == {
        3: "a character in column “comment” is damaged: "
        f"byte 0x{byte.hex().upper()} after “席が狭い” does not fit the encoding of the file"
    }
