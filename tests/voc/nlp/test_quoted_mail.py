"""What a reply quotes of another mail is not read as the customer's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.nlp.quoted_mail import without_quotes
from voc.nlp.reader import Reader

OWN = "届きません。"
PRAISE = "最高の商品をお届けします。ありがとうございます。"


def own(text):
    blanked = without_quotes(text)
    assert len(blanked) == len(text)
    return blanked.split()


@pytest.mark.parametrize(
    "quoted",
    [
        f"2026年10月1日(木) 10:00 ことり <voice@example.jp>:\n> {PRAISE}\n> {PRAISE}",
        f"2026年10月1日(木) 10:00 ことり <voice@example.jp>：\n\n>{PRAISE}",
        f"2026/10/01 10:00、ことりさんのメール：\n> {PRAISE}",
        f"＞{PRAISE}",
        f"> > {PRAISE}\n>\n> {PRAISE}",
        f"-----元のメッセージ-----\n差出人: 店\n送信日時: 2026/10/1\n件名: お礼\n\n{PRAISE}",
        f"---------- 転送メッセージ ----------\n{PRAISE}",
        f"差出人: 店 <v@example.jp>\n送信日時: 10月1日\n宛先: 佐藤\n件名: お礼\n\n{PRAISE}",
        f"________________\nFrom: Kotori\nSent: Thursday\nSubject: Thanks\n\n{PRAISE}",
        f"On Thu, Oct 1, 2026 at 10:00 AM Kotori <v@example.jp> wrote:\n> {PRAISE}",
        f"On 1 Oct 2026, at 10:00, Kotori <v@example.jp> wrote:\n\n{PRAISE}",
        f"-----Original Message-----\n{PRAISE}",
        f"Begin forwarded message\n> {PRAISE}",
    ],
)
def test_quoted_mail_below_is_left_out(quoted):
    assert own(f"{OWN}\n\n{quoted}")[0] == OWN
    assert PRAISE not in without_quotes(f"{OWN}\n\n{quoted}")


def test_answers_between_quoted_lines_are_read():
    assert own("> Did it arrive?\nNo.\n> Is it good?\nTerrible.") == ["No.", "Terrible."]


def test_answers_below_a_quoted_mail_are_read():
    text = "On 1 Oct 2026 Kotori <v@example.jp> wrote:\n> Did it arrive?\n\nNo."
    assert own(text) == ["No."]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday my friend wrote: great shop\nbut I think it is bad.",
        "価格 > 品質 だと思います。\n> 5000円は高い",
        "満足度:\n普通",
        "From: the heart\nThank you",
        "2026年10月1日に注文しました：まだ届きません。",
        "味が薄い。\n--\n佐藤恵",
        "Delivery - late\n-----\nStaff - rude",
        "件名: 配送\n本文: 遅いです",
    ],
)
def test_a_customers_own_words_are_all_read(text):
    assert without_quotes(text) == text


@pytest.mark.parametrize("text", ["> all is quoted", "-----Original Message-----\nWords", "", ">"])
def test_what_quotes_only_is_read_as_it_is(text):
    assert without_quotes(text) == text


@given(st.text(alphabet=">\n\r\x0b\u2028:：-あaFrom@ \t", max_size=200))
def test_every_place_stays(text):
    assert len(without_quotes(text)) == len(text)


def test_long_lines_take_no_longer_than_reading_them():
    line = "On " + "2026年10月1日 a@b " * 20_000
    assert without_quotes(line) == line


def test_thanks_for_an_order_that_are_quoted_are_no_praise():
    text = f"{OWN}\n\n2026年10月1日(木) 10:00 ことり <voice@example.jp>:\n> {PRAISE}"
    assert Reader(()).read(without_quotes(text)).sentiment == "negative"
