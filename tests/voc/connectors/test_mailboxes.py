"""A mailbox is read by IMAP with TLS; each mail goes through the one door, once."""

import ssl
from datetime import timedelta

import pytest

from tests.voc.connectors.conftest import NOW
from tests.voc.connectors.servers import Box, mailbox
from voc.connectors import pull
from voc.connectors.kinds import mailbox as kind
from voc.models import CustomerMail, Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def mail(n):
    headers = f"From: ann@example.com\r\nMessage-ID: <{n}@example.com>\r\nSubject: Number {n}"
    return f"{headers}\r\n\r\nToo slow, {n} times\r\n".encode()


def came():
    """The subjects of the mails that came in."""
    return list(CustomerMail.objects.order_by("pk").values_list("subject", flat=True))


@pytest.fixture
def served(monkeypatch):
    """Serve a mailbox, whose certificate is trusted."""
    opened = []

    def served(box):
        manager = mailbox(box)
        address, context = manager.__enter__()
        opened.append(manager)
        monkeypatch.setattr(kind, "tls", lambda: context)
        return address

    yield served
    for manager in opened:
        manager.__exit__(None, None, None)


def test_mails_come_in_once_and_stay_unread_where_they_are(connect, pulled, served):
    box = Box([mail(1), mail(2)])
    connector = connect("mailbox", served(box))

    done = pulled(connector)
    assert came() == ["Number 1", "Number 2"]
    assert (done.new, done.cursor) == (2, {"validity": "7", "uid": 2})
    assert Feedback.objects.filter(text__contains="Too slow, 1 times").count() == 1
    assert any(asked.startswith("EXAMINE") for asked in box.asked)  # nothing is changed there
    assert "UID FETCH 1 (BODY.PEEK[]<0.20000001>)" in box.asked
    assert "UID SEARCH SINCE 01-Nov-2026 UID 1:*" in box.asked

    box.mails[3] = mail(3)
    pulled(connector, NOW + timedelta(hours=1))
    assert came() == ["Number 1", "Number 2", "Number 3"]


def test_many_mails_come_page_by_page(connect, pulled, served, monkeypatch):
    monkeypatch.setattr(kind, "PER_PAGE", 2)

    done = pulled(connect("mailbox", served(Box([mail(n) for n in range(5)]))))

    assert (len(came()), done.new) == (5, 5)


def test_a_mailbox_that_numbers_its_mails_anew_is_read_from_the_beginning(connect, pulled, served):
    box = Box([mail(1), mail(2)])
    connector = connect("mailbox", served(box))
    pulled(connector)
    box.validity = 8

    assert pulled(connector, NOW + timedelta(hours=1)).cursor == {"validity": "8", "uid": 2}
    assert came() == ["Number 1", "Number 2"]


def test_of_a_mail_that_is_too_large_the_beginning_comes_in(connect, pulled, served, settings):
    settings.INCOMING_MAIL_MB = 1
    box = Box([mail(1), mail(2) + b"x" * 3_000_000, mail(3)])

    done = pulled(connect("mailbox", served(box)))

    assert came() == ["Number 1", "Number 2", "Number 3"]
    assert (done.error, done.cursor["uid"]) == ("", 3)


def test_a_wrong_password_is_said(connect, pulled, served):
    failed = pulled(connect("mailbox", served(Box()), secret="wrong"))

    assert failed.error == "“127.0.0.1” refuses the account or the password. Please look at both."


def test_a_certificate_that_nobody_vouches_for_is_not_taken(connect, pulled, served, monkeypatch):
    address = served(Box([mail(1)]))
    monkeypatch.setattr(kind, "tls", ssl.create_default_context)

    assert "does not answer" in pulled(connect("mailbox", address)).error
    assert came() == []


def test_a_mail_that_breaks_the_worker_moves_nothing_on(connect, pulled, served, monkeypatch):
    whole = pull.receive

    def broken_at_the_second(raw, now):
        if b"Number 2" in raw:
            raise RuntimeError
        return whole(raw, now)

    monkeypatch.setattr(pull, "receive", broken_at_the_second)
    connector = connect("mailbox", served(Box([mail(1), mail(2)])))

    with pytest.raises(RuntimeError):
        pulled(connector)

    connector.refresh_from_db()
    assert (connector.cursor, connector.new, connector.attempts) == ({}, 0, 1)
    assert came() == []  # all of the page, or nothing


def test_a_trial_shows_from_whom_mails_are_and_takes_none_in(connect, pulled, served):
    connector = connect("mailbox", served(Box([mail(1)])))
    connector.try_soon(NOW)

    assert pulled(connector).trial["found"] == ["ann@example.com · Number 1"]
    assert came() == []
