"""Mails as they really come: wrong charsets, HTML alone, too large, broken. Nothing is lost."""

import io
import sys
from base64 import b64encode

import pytest
from django.core.management import call_command

from tests.voc.replies.mails import answered_case, come, letter
from voc.replies.incoming.own_words import own_words
from voc.replies.incoming.parse import parse, words_in
from voc.replies.notes import SENTENCES, sentences

pytestmark = pytest.mark.usefixtures("in_english")

HEAD = "From: a@shop.example\r\nTo: voice@todoku.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def raw(content_type, body, encoding="8bit"):
    head = f"{HEAD}Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body


def read(content):
    return parse(content, most_mb=20)


@pytest.mark.parametrize(
    ("said", "really", "note"),
    [
        ("utf-8", "cp932", "utf-8 → Shift_JIS"),
        ("utf-8", "euc_jp", "utf-8 → EUC-JP"),
        ("iso-8859-1", "utf-8", "iso-8859-1 → UTF-8"),
        ("us-ascii", "utf-8", None),
        ("shift_jis", "utf-8", "shift_jis → UTF-8"),
        ("iso-2022-jp", "utf-8", "iso-2022-jp → UTF-8"),
        ("no-such-charset", "utf-8", "no-such-charset → UTF-8"),
        ("shift_jis", "cp932", None),
        ("iso-2022-jp", "iso2022_jp", None),
    ],
)
def test_a_charset_that_lies_is_found_out(said, really, note):
    words = "まだ直っていません。注文番号は１２３です。"

    mail = read(raw(f"text/plain; charset={said}", words.encode(really)))

    assert mail.text == words
    assert mail.notes == ([("charset", note)] if note else [])


def test_signs_that_japanese_mail_programs_put_beyond_the_charset_are_read():
    content = "手順".encode("iso2022_jp").replace(b"\x1b(B", b"\x2d\x21\x1b(B")

    assert read(raw("text/plain; charset=iso-2022-jp", content)).text == "手順①"


def test_bytes_that_fit_nowhere_leave_the_words_around_them():
    mail = read(raw("text/plain; charset=utf-8", b"It broke \xff\xfe\x00\x81 twice."))

    assert mail.text.startswith("It broke")
    assert mail.text.endswith("twice.")
    assert [key for key, _about in mail.notes] == ["charset"]


def test_html_alone_becomes_words():
    html = "<html><head><style>p{}</style></head><body><p>It <b>broke</b>.</p><p>Twice</p></body>"

    assert read(raw("text/html; charset=utf-8", html.encode())).text == "It broke.\nTwice"


def test_of_two_forms_of_the_same_words_the_plain_one_is_read():
    mail = letter("Plain words")
    mail.add_alternative("<p>HTML words</p>", subtype="html")

    assert read(mail.as_bytes()).whole_text == "Plain words"


def test_files_are_named_and_winmail_is_said_to_be_left_out():
    mail = letter("See the picture")
    mail.add_attachment(b"x" * 1000, maintype="image", subtype="png", filename="写真 1.png")
    mail.add_attachment(b"tnef", maintype="application", subtype="ms-tnef", filename="winmail.dat")

    read_mail = read(mail.as_bytes())

    assert read_mail.attachments == [("写真 1.png", 1000), ("winmail.dat", 4)]
    assert "winmail.dat" in next(sentences(read_mail.notes))
    assert read_mail.text == "See the picture"


def test_a_mail_that_is_forwarded_inside_is_nobodys_words():
    inner = letter("Secret of somebody else")
    mail = letter("See below")
    mail.add_attachment(inner)

    assert read(mail.as_bytes()).whole_text == "See below"


def test_of_a_mail_that_is_too_large_the_words_come_in_and_it_is_said():
    body = b"--b\r\nContent-Type: text/plain\r\n\r\nIt broke.\r\n--b\r\n"
    file = b"Content-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\n"
    large = raw("multipart/mixed; boundary=b", body + file + b"x" * 21_000_000)

    mail = read(large)

    assert mail.text == "It broke."
    assert next(sentences(mail.notes)).startswith("The mail has more than 20 MB")


BROKEN = [
    b"",
    b"\0\0\0",
    b"no header at all",
    b"\xff\xfe\xfd",
    HEAD.encode() + b"Content-Type: multipart/mixed\r\n\r\nno boundary",
    HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nnever closed",
    HEAD.encode() + b"Content-Type: \r\nContent-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!",
    HEAD.encode() + b"Content-Type: text/plain; charset*=broken'x'%E\r\n\r\nwords",
    b"From: \xff\xfe <@>\r\nSubject: =?utf-8?B?!!!?= =?x-nothing?Q?=FF?=\r\n\r\nwords",
    b"From: " + b"a@b, " * 5_000 + b"\r\n\r\nwords",
    b"Subject: " + b"=?utf-8?Q?=C3?=" * 2_000 + b"\r\n\r\nwords",
    b"Message-ID: <a b\r\n c>\r\n\r\nwords",
    b"".join(b"X-%d: y\r\n" % n for n in range(5_000)) + b"\r\nwords",
    HEAD.encode()
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(200)
    )
    + b"Content-Type: text/plain\r\n\r\ndeep",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_mail_at_all_is_kept_all_the_same(content):
    mail = come(content)

    assert (mail.kind, come(content)) == ("letter", mail)
    assert mail.feedback.text


HARD = [
    "On " * 300 + "\n",
    "From: x\n",
    " \n",
    "-----",
    "> " * 500,
    "CAUTION: mail ",
    '<a b="',
    "=?",
    "<!--",
    "<!-- >",
    "<![CDATA[>",
    "<style>",
    "</",
]


@pytest.mark.parametrize("words", HARD)
def test_text_made_to_keep_a_reader_busy_is_read_all_the_same(words):
    """A library's patterns take minutes for some of these: such texts never reach it."""
    text = (words * (200_000 // len(words)))[:200_000]

    assert len(own_words(text)) <= len(text)
    assert read(raw("text/html; charset=utf-8", text.encode())).message_id


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Still broken.\n\nOn Sat, Nov 21, 2026 at 2:02 PM Shop <a@b.example> wrote:\n> fixed",
         "Still broken."),
        ("まだです。\n\n2026年11月21日(土) 14:02 トドク <a@b.example>:\n\n> ええ", "まだです。"),
        ("まだです。\n\n2026/11/21 14:02、トドク <a@b.example>のメール:\n\n> 直った", "まだです。"),
        ("だめでした。\n\n差出人: トドク <a@b>\n送信日時: 11月21日\n宛先: 鈴木\n件名: 件\n\nええ",
         "だめでした。"),
        ("Still broken.\n\n-- \nHanna Kowalski\nShop Ltd.", "Still broken."),
        ("Still broken.\n\nBest regards,\nHanna", "Still broken."),
        ("まだです。\n\niPhoneから送信", "まだです。"),
        ("Still broken.\n\nSent from my iPhone", "Still broken."),
        ("以上です。\n\n━━━━━━━━━━━━\n株式会社サンプル\n鈴木 花子\n━━━━━━━━━━━━", "以上です。"),
        ("Two things:\n- it is slow\n- it is dear", "Two things:\n- it is slow\n- it is dear"),
        ("> everything\n> is quoted", "> everything\n> is quoted"),
        ("1行目\n\n\n\n2行目", "1行目\n\n2行目"),
    ],
)  # fmt: skip
def test_only_their_own_words_are_taken(text, own):
    assert own_words(text) == own
    assert own_words(text.replace("\n", "\r\n")) == own


def test_headers_are_words():
    japanese = b64encode("件名です".encode("cp932")).decode()

    assert words_in(f"=?Shift_JIS?B?{japanese}?= =?utf-8?Q?=E2=91=A0?=") == "件名です①"
    assert words_in("plain") == "plain"


def test_every_note_is_a_sentence_and_an_unknown_one_is_shown_as_it_is():
    for key in SENTENCES:
        assert next(sentences([(key, "X")])).endswith(".")
    assert list(sentences([("of_tomorrow", "X")])) == ["of_tomorrow: X"]


@pytest.mark.django_db
def test_a_mail_server_hands_a_mail_to_the_command(monkeypatch, capsys):
    reply, hanna = answered_case()
    content = letter(sender=hanna, answers=reply).as_bytes()
    stdin = io.TextIOWrapper(io.BytesIO(content))
    monkeypatch.setattr(sys, "stdin", stdin)

    call_command("receive_mail")

    assert capsys.readouterr().out == f"written by a person, from {hanna}: #{reply.case_id}\n"
