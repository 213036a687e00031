"""Links and phone numbers in words of others lead nowhere, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.links import BREAK, harmless, links, without_links


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("see https://evil.example/x now", "see [link] now"),
        ("see http://user@evil.example:8080/x?y=1#z.", "see [link]."),
        ("(see https://evil.example/a).", "(see [link])."),
        ("HTTPS://EVIL.EXAMPLE", "[link]"),
        ("hxxp://evil[.]example/x", "[link]"),
        ("ftp://evil.example, then", "[link], then"),
        ("https://203.0.113.9/login", "[link]"),
        ("https://[::1]/x", "[link]"),
        ("myapp://open?x=1", "[link]"),
        ("javascript:alert(1)", "[link]"),
        ("JavaScript:alert(1) data:text/html,x", "[link] [link]"),
        ("mailto:me@evil.example", "[link]"),
        ("www.example.com。", "[link]。"),
        ("go to evil.example/x", "go to [link]"),
        ("evil.com is fine", "[link] is fine"),
        ("Evil.Com EVIL.COM", "[link] [link]"),
        ("bit.ly/3abcDEF", "[link]"),
        ("a.b.c.co.jp/x", "[link]"),
        ("evil.com.But then", "[link].But then"),
        ("xn--r8jz45g.jp", "[link]"),
        ("//evil.example/x", "//[link]"),
        ("evil(dot)com, evil [dot] com", "[link], [link]"),
        ("203.0.113.9/x", "[link]"),
        (r"\\host.example\share\x", "[link]"),
        ("evil.exa\u200bmple/x", "[link]"),
        ("ev\u00adil.com", "[link]"),
    ],
)
def test_a_link_is_a_word(words, shown):
    assert harmless(words) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("https://evil.example/xを見て", "〔リンク〕を見て"),
        ("ｈｔｔｐ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ／ｘ を見て", "〔リンク〕 を見て"),
        ("evil。example を見て", "〔リンク〕 を見て"),
        ("evil｡comへ", "〔リンク〕へ"),
        ("詳しくはevil.comへ", "詳しくは〔リンク〕へ"),
        ("例え.みんな", "〔リンク〕"),
        ("http://例え.jp", "〔リンク〕"),
        (
            "お電話は03-1234-5678か０９０－１２３４－５６７８へ",
            "お電話は〔電話番号〕か〔電話番号〕へ",
        ),
    ],
)
def test_in_japanese_it_is_a_japanese_word(words, shown):
    assert harmless(words) == shown


@pytest.mark.parametrize(
    "words",
    [
        "It took 3.5 hours, i.e. too long, at 10 a.m.",
        "Version 1.2.3 of 2026-11-30 12:30",
        "12,000 yen; order 1234567",
        "遅い。でも、味は良い。",
        "U.S.A.",
        "Hm ... well",
    ],
)
def test_ordinary_words_stay_as_they_are(words):
    assert harmless(words) == words


@pytest.mark.parametrize(
    "words", ["fast.It is", "Great.So good", "Node.js", "at 10.am", "遅い.でも", "me@evil.example"]
)
def test_what_a_mail_program_might_still_take_for_one_reads_the_same_and_is_none(words):
    shown = harmless(words)

    assert shown != words
    assert shown.replace(BREAK, "") == words


@pytest.mark.parametrize(
    "number",
    [
        "03-1234-5678",
        "0312345678",
        "090 1234 5678",
        "(03)1234-5678",
        "+81 90 1234 5678",
        "+44 (0)20 7946 0958",
        "1-800-555-0199",
        "０１２０－１１７－１１７",
        "03ー1234ー5678",
    ],
)
def test_no_phone_number_can_be_tapped(number):
    assert harmless(f"call {number} now").replace("〔電話番号〕", "[phone number]") == (
        "call [phone number] now"
    )


@given(st.text(max_size=200))
def test_whatever_is_written_the_rest_stays(words):
    shown = without_links(words, "\0")

    rest = iter(words.replace(BREAK, "").replace("\0", ""))
    kept = shown.replace(BREAK, "").replace("\0", "")
    assert all(character in rest for character in kept)


@given(st.text(alphabet="a.b:/@ ｅ。あ-1[]", max_size=60))
def test_places_are_in_order_and_do_not_overlap(words):
    ends = [place for span in links(words) for place in span]
    assert ends == sorted(ends)
    assert all(0 <= place <= len(words) for place in ends)


@pytest.mark.parametrize(
    "nasty", ["a." * 5_000, "a" * 10_000, "https://" * 1_200, "1-" * 5_000, "a-" * 5_000 + ".com"]
)
def test_long_nonsense_is_read_in_one_go(nasty):
    assert isinstance(harmless(nasty), str)
