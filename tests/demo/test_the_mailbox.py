"""The demo's mailbox shows what customers would have got, safely and as soon as it is whole."""

import pytest
from django.core import mail
from django.test import override_settings

from demo import mailbox

pytestmark = pytest.mark.urls("tests.demo.urls")
TO_FILES = "django.core.mail.backends.filebased.EmailBackend"
RULE = "-" * 79


@pytest.fixture
def folder(tmp_path):
    with override_settings(EMAIL_BACKEND=TO_FILES, EMAIL_FILE_PATH=str(tmp_path)):
        yield tmp_path


def message(
    subject="お声が届きました", text="こんにちは", html="<html><head></head><p>こ</p></html>"
):
    made = mail.EmailMultiAlternatives(
        subject, text, '"ことり舟珈琲" <voice@example.com>', ["hana@example.jp"]
    )
    made.attach_alternative(html, "text/html")
    return made


def send(*messages):
    mail.get_connection().send_messages(messages)


def cut(folder, at):
    (file,) = folder.glob("*.log")
    file.write_bytes(file.read_bytes()[:at])


@override_settings(TIME_ZONE="Asia/Tokyo")
def test_a_mail_stands_in_the_list_and_opens(folder, client):
    send(message(text="届いた本文"))

    page = client.get("/mailbox/")
    (found,) = page.context["mails"]
    opened = client.get(f"/mailbox/{found.file}/{found.number}/")

    assert (found.subject, found.to, found.sender) == (
        "お声が届きました",
        "hana@example.jp",
        "ことり舟珈琲",
    )
    assert found.at.utcoffset().total_seconds() == 0
    assert opened.context["mail"].text.strip() == "届いた本文"


def test_without_a_mail_the_page_says_how_one_gets_there(folder, client):
    assert "お客様に届くメール" in client.get("/mailbox/", headers={"accept-language": "ja"}).text
    assert client.get("/mailbox/").context["mails"] == []


def test_mails_of_one_connection_stand_newest_first(folder):
    send(message("first"), message("second"))
    assert [found.subject for found in mailbox.newest(folder)] == ["second", "first"]


def test_only_the_newest_are_read(folder):
    send(*(message(f"mail {n}") for n in range(5)))
    assert [found.subject for found in mailbox.newest(folder, most=2)] == ["mail 4", "mail 3"]


@pytest.mark.parametrize("missing", [1, 40, 81, 200])
def test_a_mail_that_is_being_written_is_left_for_later(folder, missing):
    send(message("whole"))
    (file,) = folder.glob("*.log")
    whole = file.read_bytes()

    file.write_bytes(whole + whole[:-missing])

    assert [found.subject for found in mailbox.newest(folder)] == ["whole"]


def test_a_line_that_a_customer_drew_does_not_end_a_mail(folder):
    send(message(text=f"before\n{RULE}\nafter"))

    (found,) = mailbox.newest(folder)

    assert found.text.strip() == f"before\n{RULE}\nafter"


def test_the_html_part_can_do_nothing_but_be_read_and_left(folder, client):
    send(
        message(html="<html><head></head><script>alert(1)</script><a href='/f/voice/'>x</a></html>")
    )
    (found,) = mailbox.newest(folder)

    part = client.get(f"/mailbox/{found.file}/{found.number}/html/")

    policy = part["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-top-navigation-by-user-activation" in policy
    assert part["X-Frame-Options"] == "SAMEORIGIN"
    assert part.text.startswith('<html><head><base target="_top">')


@pytest.mark.parametrize("path", ["no-such-file/0/", "no-such-file/0/html/", "..%2F..%2Fetc/0/"])
def test_a_mail_that_is_not_there_is_not_found(folder, client, path):
    assert client.get(f"/mailbox/{path}").status_code == 404


def test_looking_changes_nothing(folder, client):
    send(message())
    before = {file: file.read_bytes() for file in folder.iterdir()}

    client.get("/mailbox/")

    assert {file: file.read_bytes() for file in folder.iterdir()} == before
