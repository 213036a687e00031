"""The bytes of a mail that we put together are the email package's, whatever stands in it."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from html import escape
from html.parser import HTMLParser
from unittest.mock import patch

import css_inline
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from lib.mail import headers
from lib.mail.compose import compose
from lib.mail.message import Mail

NAMES = [
    "",
    "Hanna",
    "山田 花子",
    "長宗我部右衛門左衛門之介国親",
    "Wolfeschlegelste",
    "花" * 200,
    "x" * 200,
    'O\'Hara & "Sons" <b>',
    "花子👨‍👩‍👧𠮷",
    "a\r\nBcc: all@example.com",
    "a\rb\nc",
    ".\n..\n.",
    "From me",
    "=?utf-8?q?x?=",
    "{{ link }} %s %(name)s \\1",
]
ADDRESSES = [
    "hanako@example.jp",
    "x" * 60 + "@" + "y" * 60 + ".example.jp",
    "a..b@docomo.ne.jp",
    "k+t'o@xn--r8jz45g.jp",
]
COMPANIES = ["トドク", "Todoku", "株式会社ことり舟珈琲、カスタマーサクセス部 お客様の声係" * 3]


def a_mail(*, name="", to="hanako@example.jp", language="ja", question="薦めますか?", key="k-1"):
    return compose(
        "invitation",
        to=to,
        language=language,
        key=key,
        unsubscribe="https://todoku.example/u/7.x" + "y" * 40 + "/",
        words={"wording": Wording(language, question), "scores": range(11)},
        places={"name": name, "link": "https://todoku.example/s/3.abc/"},
    )


@dataclass(frozen=True)
class Wording:
    language: str
    question: str
    lowest_label: str = "いいえ"
    highest_label: str = "はい"


def as_the_email_package_writes_it(mail, ours):
    """With the date and the boundary of ours, the two things that are never the same twice."""
    message = mail.message()
    message.set_boundary(message_from_bytes(ours).get_boundary())
    message.replace_header("Date", message_from_bytes(ours)["Date"])
    return message.as_bytes(linesep="\r\n")


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.read = []

    def handle_starttag(self, tag, attrs):
        self.read.append((tag, sorted(attrs)))

    def handle_endtag(self, tag):
        self.read.append(f"/{tag}")

    def handle_data(self, data):
        self.read.append(data.replace("\r\n", "\n").replace("\r", "\n"))


def read_as_html(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.read


def quickly(mail):
    with patch.object(Mail, "message", side_effect=AssertionError("it took the slow way")):
        return mail.as_bytes()


def same(mail):
    ours = mail.as_bytes()
    return ours == as_the_email_package_writes_it(mail, ours)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_name_stands_in_it_as_the_email_package_would_have_it(name, language):
    mail = a_mail(name=name, language=language)

    assert same(mail)
    assert quickly(mail)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("name", "words", "places"),
    [
        ("confirmation", {}, {"link": "https://todoku.example/c/1.x/"}),
        (
            "notice",
            {"we_did": "速くしました。\r\n<b>", "link": "https://todoku.example/you-said/?lang=ja"},
            {"name": "山田", "words": "遅い。<b> & “x”\n.", "date": "2026年11月30日"},
        ),
    ],
)
def test_every_kind_of_mail_does(name, words, places, language):
    mail = compose(
        name,
        to="a@b.jp",
        language=language,
        key="k",
        unsubscribe="https://todoku.example/u/1.x/",
        words=words,
        places=places,
    )

    assert same(mail)
    assert quickly(mail)
    assert all(value in mail.body for value in places.values())
    assert all(escape(value) in mail.alternatives[0][0] for value in places.values())


@pytest.mark.parametrize("to", ADDRESSES)
def test_every_address_does(to):
    assert same(a_mail(to=to))


@pytest.mark.parametrize("company", COMPANIES)
def test_a_company_of_any_name_does(settings, company):
    settings.COMPANY_NAME = {"ja": company, "en": company}
    settings.COMPANY_ADDRESS = "東京都千代田区丸の内1-1-1"

    assert same(a_mail())
    words = re.findall(rb"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=", a_mail().as_bytes())
    assert max(map(len, words), default=0) <= 75


def test_a_key_of_any_length_does():
    assert same(a_mail(key="k" * 100))


def test_no_line_of_it_is_longer_than_a_mail_may_have():
    mail = a_mail(question="長い" * 600)

    assert max(map(len, mail.as_bytes().splitlines())) <= 998
    assert same(mail)


@pytest.mark.parametrize("to", ["a@b.jp\nBcc: all@example.com", "a@b.jp\r\n", "a@b.jp, c@d.jp\n"])
def test_an_address_brings_no_header_along(to):
    with pytest.raises(ValueError, match="newline"):
        a_mail(to=to).as_bytes()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_filled_form_reads_like_a_rendered_template(name, language):
    """The inliner writes quotation marks in another way than Django escapes them: read both."""
    context = {
        "wording": Wording(language, "薦めますか?"),
        "scores": range(11),
        "name": name,
        "link": "https://todoku.example/s/3.abc/",
        "unsubscribe": "https://todoku.example/u/7.x" + "y" * 40 + "/",
        "company_name": "Todoku" if language == "en" else "トドク",
        "company_address": "",
    }
    with translation.override(language):
        subject, text, html = (
            render_to_string(f"emails/invitation/{part}", context)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    mail = a_mail(name=name, language=language)

    inlined = css_inline.CSSInliner(keep_at_rules=True).inline(html)
    assert mail.subject == headers.one_line(subject)
    assert mail.body == text
    assert read_as_html(mail.alternatives[0][0]) == read_as_html(inlined)


def test_what_is_read_back_is_what_was_written():
    mail = a_mail(name="山田 花子")
    read = message_from_bytes(mail.as_bytes(), policy=policy.default)

    assert [read["Subject"], read["To"], read["Message-ID"]] == [
        mail.subject,
        "hanako@example.jp",
        "<k-1@todoku.example>",
    ]
    assert read["Bcc"] is None
    assert read.get_body(["plain"]).get_content().replace("\r\n", "\n") == mail.body
    assert escape("山田 花子") in read.get_body(["html"]).get_content()


def test_no_two_mails_have_one_boundary():
    """A reader who knew it could write a part of a mail into the words that we quote."""
    boundaries = {message_from_bytes(a_mail().as_bytes()).get_boundary() for _ in range(20)}

    assert len(boundaries) == 20


def test_other_words_are_another_form_at_once():
    assert "Before?" in a_mail(question="Before?").body
    assert "After?" in a_mail(question="After?").body
    assert "Before?" not in a_mail(question="After?").as_bytes().decode()


def test_nobody_can_write_a_mark():
    mail = a_mail(name="place-name- place0-link-", question="place-link-")

    assert mail.body.startswith("place-name- place0-link- 様")


def test_a_mail_is_small():
    """A Japanese invitation to a reader with a name."""
    assert len(a_mail(name="山田 花子").as_bytes()) == 9_268
