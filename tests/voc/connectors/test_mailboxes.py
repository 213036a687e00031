"""A mailbox is read by IMAP with TLS; each mail goes through the one door, once."""

import ssl
from datetime import timedelta

import pytest

from tests.voc.connectors.conftest import NOW
from tests.voc.connectors.servers import Box, mailbox
from voc.connectors.kinds import mailbox as kind
from voc.intake import mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def mail(n):
    return f"From: ann@example.com\r\nSubject: Number {n}\r\n\r\nToo slow\r\n".encode()


@pytest.fixture
def came(monkeypatch):
    """The mails that went through the door."""
    came = []
    monkeypatch.setattr(mails, "_receivers", [lambda raw, now: came.append(raw)])
    return came


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


def test_mails_come_in_once_and_stay_unread_where_they_are(connect, pulled, served, came):
    box = Box([mail(1), mail(2)])
    connector = connect("mailbox", served(box))

    done = pulled(connector)
    assert came == [mail(1), mail(2)]
    assert (done.new, done.cursor) == (2, {"validity": "7", "uid": 2})
    assert any(asked.startswith("EXAMINE") for asked in box.asked)  # nothing is changed there
    assert "UID FETCH 1 (BODY.PEEK[])" in box.asked
    assert "UID SEARCH SINCE 01-Nov-2026 UID 1:*" in box.asked

    box.mails[3] = mail(3)
    pulled(connector, NOW + timedelta(hours=1))
    assert came == [mail(1), mail(2), mail(3)]


def test_many_mails_come_page_by_page(connect, pulled, served, came, monkeypatch):
    monkeypatch.setattr(kind, "PER_PAGE", 2)

    done = pulled(connect("mailbox", served(Box([mail(n) for n in range(5)]))))

    assert (len(came), done.new) == (5, 5)


def test_a_mailbox_that_numbers_its_mails_anew_is_read_from_the_beginning(
    connect, pulled, served, came
):
    box = Box([mail(1), mail(2)])
    connector = connect("mailbox", served(box))
    pulled(connector)
    box.validity = 8

    assert pulled(connector, NOW + timedelta(hours=1)).cursor == {"validity": "8", "uid": 2}
    assert len(came) == 4  # the door knows them


def test_a_mail_that_is_too_large_stays_there_and_is_told(connect, pulled, served, came):
    done = pulled(connect("mailbox", served(Box([mail(1), 30_000_000, mail(3)]))))

    assert came == [mail(1), mail(3)]
    assert done.error == "1 mail is larger than 25 MB and was left in the mailbox."
    assert done.cursor["uid"] == 3


def test_a_wrong_password_is_said(connect, pulled, served, came):
    failed = pulled(connect("mailbox", served(Box()), secret="wrong"))

    assert failed.error == "“127.0.0.1” refuses the account or the password. Please look at both."


def test_a_certificate_that_nobody_vouches_for_is_not_taken(
    connect, pulled, served, came, monkeypatch
):
    address = served(Box([mail(1)]))
    monkeypatch.setattr(kind, "tls", ssl.create_default_context)

    assert "does not answer" in pulled(connect("mailbox", address)).error
    assert came == []


def test_a_mail_that_the_door_refuses_moves_nothing_on(connect, pulled, served, monkeypatch):
    def broken(raw, now):
        raise RuntimeError

    monkeypatch.setattr(mails, "_receivers", [broken])
    connector = connect("mailbox", served(Box([mail(1)])))

    with pytest.raises(RuntimeError):
        pulled(connector)

    connector.refresh_from_db()
    assert (connector.cursor, connector.new, connector.attempts) == ({}, 0, 1)


def test_a_trial_shows_from_whom_mails_are_and_takes_none_in(connect, pulled, served, came):
    connector = connect("mailbox", served(Box([mail(1)])))
    connector.try_soon(NOW)

    assert pulled(connector).trial["found"] == ["ann@example.com · Number 1"]
    assert came == []
