"""The mail that asks: plain, in the customer's language, with a link for each score."""

import re

import pytest

from surveys.invitations import send
from tests import make

pytestmark = pytest.mark.django_db


def mail_to(**customer):
    return mail_of(make.invitation(to=make.customer(**customer)))


def mail_of(invitation):
    asked = send.Asked(*send.Asked.query().get(pk=invitation.pk))
    return send.Writer().compose(asked)


def html_of(mail):
    return mail.alternatives[0][0]


def test_it_asks_in_japanese():
    mail = mail_to(language="ja", name="山田 花子")

    assert mail.subject == "トドクについて、ひとつだけお聞かせください"
    assert mail.body.startswith("山田 花子 様\n\nトドクをご利用の方に、")
    assert "トドクを友人や同僚に薦める可能性はどのくらいありますか?" in mail.body


def test_it_asks_in_english():
    mail = mail_to(language="en", name="Hanna Yamada")

    assert mail.subject == "One question about Todoku"
    assert mail.body.startswith(
        "Dear Hanna Yamada,\n\nWe are writing to you as a customer of Todoku"
    )
    assert "How likely is it that you would recommend Todoku" in mail.body


@pytest.mark.parametrize("language", ["ja", "en"])
def test_its_head_says_which_language_it_speaks(language):
    assert mail_to(language=language).message()["Content-Language"] == language


def test_without_a_name_it_begins_with_why_it_was_sent():
    assert mail_to().body.startswith("We are writing to you as a customer of Todoku")


def test_it_has_eleven_links_that_preselect_a_score():
    invitation = make.invitation()

    links = re.findall(r'href="([^"]+\?score=\d+)"', html_of(mail_of(invitation)))

    page = f"https://todoku.example{invitation.get_absolute_url()}"
    assert links == [f"{page}?score={score}" for score in range(11)]


def test_its_plain_text_has_the_one_link_and_the_one_to_stop():
    invitation = make.invitation()

    links = re.findall(r"https?://\S+", mail_of(invitation).body)

    assert links == [
        f"https://todoku.example{invitation.get_absolute_url()}",
        f"https://todoku.example{invitation.customer.unsubscribe_path}",
    ]


def test_plain_text_is_plain(settings):
    settings.COMPANY_NAME = {"ja": "青葉 & Co.", "en": "Aoba & Co. <shop>"}

    mail = mail_to(name='O\'Hara & "Sons"')

    assert mail.subject == "One question about Aoba & Co. <shop>"
    assert mail.body.startswith('Dear O\'Hara & "Sons",')
    assert "Aoba &amp; Co. &lt;shop&gt;" in html_of(mail)


def test_a_name_cannot_bring_html_or_headers_along():
    mail = mail_to(name="<img src=x>\r\nBcc: all@example.com")

    assert "<img" not in html_of(mail)
    assert mail.message()["Bcc"] is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_address_of_the_company_is_in_it_when_there_is_one(settings, language):
    settings.COMPANY_ADDRESS = "東京都千代田区丸の内1-1-1"

    mail = mail_to(language=language)

    assert mail.body.rstrip().endswith("\n東京都千代田区丸の内1-1-1")
    assert "<br>東京都千代田区丸の内1-1-1" in html_of(mail)


def test_a_mail_program_shows_all_of_it():
    """Gmail cuts a mail at 102 kB."""
    assert len(html_of(mail_to(language="ja", name="花" * 200)).encode()) < 102_000


def test_it_is_readable_in_the_dark_and_in_outlook():
    html = html_of(mail_to())

    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert html.count('bgcolor="#ffffff"') == 11
    assert '<!--[if mso]><table role="presentation" width="600"' in html


def test_it_asks_nobody_for_pictures_or_anything_else():
    html = html_of(mail_to())

    assert re.findall(r"<(?:img|script|link|iframe)\b|url\(", html) == []


@pytest.mark.parametrize(
    ("address", "header"),
    [
        ("a..b@docomo.ne.jp", '"a..b"@docomo.ne.jp'),
        ("a.@ezweb.ne.jp", '"a."@ezweb.ne.jp'),
        ("k@xn--r8jz45g.jp", "k@xn--r8jz45g.jp"),
    ],
)
def test_it_is_addressed_as_mail_servers_want_it(address, header):
    customer = make.customer()
    customer.email = address
    customer.save()

    mail = mail_of(make.invitation(to=customer))

    assert mail.message()["To"] == header
