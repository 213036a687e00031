"""While the database is away every page says so, and gives back what it could not keep."""

import re
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection
from django.test import Client

from surveys.models import Response
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db


class ReadOnly(Exception):
    """As psycopg2 tells it."""

    pgcode = "25006"


def read_only():
    error = InternalError("cannot execute INSERT in a read-only transaction")
    error.__cause__ = ReadOnly()
    return error


AWAY = [
    OperationalError("database is locked"),
    OperationalError("unable to open database file"),
    OperationalError("database or disk is full"),
    OperationalError("attempt to write a readonly database"),
    OperationalError('connection to server at "127.0.0.1", port 5432 failed: Connection refused'),
    OperationalError("FATAL:  sorry, too many clients already"),
    OperationalError("terminating connection due to administrator command"),
    OperationalError("server closed the connection unexpectedly"),
    OperationalError("canceling statement due to statement timeout"),
    InterfaceError("connection already closed"),
    read_only(),
]


@pytest.fixture
def visitor():
    """Gets the page of a fault, as everybody does; Django's client would raise it."""
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


@contextmanager
def away(error=AWAY[0]):
    def refuse(*_statement):
        raise error

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def unable_to_write(error=AWAY[0]):
    def refuse(execute, sql, *rest):
        if re.search(r"\b(INSERT|UPDATE)\b", sql):
            raise error
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("error", AWAY, ids=str)
def test_whatever_the_reason_it_is_503_in_both_languages(visitor, error):
    url = make.survey(kind="feedback").get_absolute_url()

    with away(error):
        page = visitor.get(url)

    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "30", "no-store")
    assert "ご利用いただけません" in page.content.decode()
    assert "Not available right now" in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/you-said/", "/reports/", "/admin/", "/admin/voc/feedback/", "/admin/login/"]
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_no_page_has_a_fault(visitor, sato, path, signed_in):
    if signed_in:
        visitor.force_login(sato)

    with away():
        page = visitor.get(path)

    assert page.status_code in (200, 302, 503)


def test_a_page_that_needs_no_database_is_there(visitor):
    with away():
        assert visitor.get("/nothing/").status_code == 404


def test_signing_in_while_it_is_away_gives_nothing_back_of_what_was_typed(visitor):
    with away():
        page = visitor.post("/admin/login/", {"username": "sato", "password": "my secret"})

    assert page.status_code == 503
    assert "my secret" not in page.content.decode()
    assert "was not saved" in page.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", [away, unable_to_write])
def test_words_that_could_not_be_kept_are_in_the_page_with_a_button_that_sends_them(visitor, fault):
    url = f"{make.survey(kind='feedback').get_absolute_url()}?lang=en"
    said = {
        "words": "\nToo <slow>\n& dear",
        "email": "hanna@example.com",
        "form_key": "0" * 32,
        "wording": "",
    }

    with fault():
        page = visitor.post(url, said)

    html = page.content.decode()
    assert page.status_code == 503
    assert "This has not been kept" in html
    assert ">\n\nToo &lt;slow&gt;\n&amp; dear</textarea>" in html
    assert not Feedback.objects.exists()

    assert visitor.post(url, _as_sent_again(html)).status_code == 303
    assert visitor.post(url, _as_sent_again(html)).status_code == 303
    response = Response.objects.get()
    assert (response.comment, response.address_claim.claimed.address) == (
        "Too <slow>\n& dear",
        "hanna@example.com",
    )


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_sent_again_with_its_score_and_its_signs(visitor):
    url = make.invitation().get_absolute_url()
    said = {"score": "3", "comment": "遅い", "touched": "1", "scripted": "1", "wording": ""}

    with unable_to_write():
        html = visitor.post(url, said).content.decode()
    assert "まだ" in html

    assert visitor.post(url, _as_sent_again(html)).status_code == 303
    response = Response.objects.get()
    assert (response.score, response.comment, response.state) == (3, "遅い", "counted")


@pytest.mark.parametrize("path", ["unsubscribe_path", "stop_path"])
def test_who_stops_mail_meanwhile_is_asked_to_press_again(visitor, path):
    url = make.customer().unsubscribe_path if path[0] == "u" else make.claim().claimed.stop_path

    with away():
        page = visitor.post(url, {"List-Unsubscribe": "One-Click"})

    assert page.status_code == 503


def test_a_fault_of_our_own_is_still_500(visitor):
    url = make.survey(kind="feedback").get_absolute_url()

    for fault in (DatabaseError("no such function"), ValueError("ours")):
        with away(fault):
            assert visitor.get(url).status_code == 500


def _as_sent_again(html):
    """What a browser posts from this page."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))
    for name, text in re.findall(r'<textarea[^>]* name="(\w+)">\n(.*?)</textarea>', html, re.S):
        fields[name] = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return fields
