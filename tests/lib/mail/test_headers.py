"""Headers of mails: short encoded-words, short lines, and exactly what was written."""

import random
import re
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest

from lib.mail import headers
from lib.mail.message import Mail

ENCODED_WORD = re.compile(rb"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=")
LETTERS = 'お客様の声係、。・ー株式会社 ABC abc"\\\\<>@,;:()é👨\u200d👩\u200d👧𠮷ーｱ=?_.か\u3099'
NAMES = [
    "株式会社ことり舟珈琲、カスタマーサクセス部 お客様の声係",
    "ことり" * 60,
    "x" * 2_000,
    "Acme, Inc. (Support) <no@reply>",
    "=?utf-8?q?Acme?=",
    "Acme " * 60 + "end",
    "𠮷野家" * 30,
    'He said "hi" \\ там',
    "Ａ" * 400,
]


def some_names(how_many):
    dice = random.Random(2047)
    for _each in range(how_many):
        letters = dice.choices(LETTERS, k=dice.randint(1, 150))
        yield headers.one_line("".join(letters)) or "x"


def a_mail(name):
    mail = Mail(
        subject=name,
        body="x",
        from_email=headers.sender(name, "voice@example.com"),
        to=["customer@example.com"],
    )
    return mail.message().as_bytes()


@pytest.mark.parametrize("names", [NAMES, [*some_names(100)]], ids=["known", "random"])
def test_a_name_of_any_length_is_encoded_in_short_words_and_read_back(names):
    for name in names:
        written = a_mail(name)
        read = message_from_bytes(written)
        (sender,) = read.get_all("From")
        display, _, address = sender.rpartition(" ")

        assert max(map(len, ENCODED_WORD.findall(written))) <= 75 if "=?" in sender else True
        assert max(map(len, written.splitlines())) <= 78
        assert address == "<voice@example.com>"
        assert _decoded(read["Subject"]) == name
        assert _decoded(_unquoted(display)) == name


def _unquoted(display):
    folded = "".join(display.splitlines())
    return re.sub(r"\\(.)", r"\1", folded[1:-1]) if folded.startswith('"') else folded


def _decoded(header):
    return str(make_header(decode_header("".join(header.splitlines()))))


@pytest.mark.parametrize(
    "name", ["Acme\r\nBcc: all@example.com", "Acme\nBcc: x@y.z", "A\0\x85B\u2028C"]
)
def test_a_name_with_line_breaks_adds_no_header(name):
    mail = Mail(headers.one_line(name), "x", headers.sender(name, "v@example.com"), ["a@b.jp"])
    written = mail.message()

    assert "Bcc" not in written
    assert len(written.as_string().split("\n\n")[0].splitlines()) == len(written.keys())
