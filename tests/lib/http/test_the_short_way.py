"""Pages of customers pass a shorter chain of middleware, and nobody can tell from outside."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from lib.http import customers
from surveys.models import Response
from tests import make

pytestmark = pytest.mark.django_db

CHANGES_EACH_SECOND = {"Expires"}


def requests():
    """A request of each kind, by what it is about: method, address, form and headers."""
    answered, form = make.response(9, "Good"), make.survey(kind="feedback").get_absolute_url()
    page, customer = answered.invitation.get_absolute_url(), answered.customer
    closed = make.invitation(about=make.survey(state="closed")).get_absolute_url()
    claim = make.claim().claimed
    person = {"score": "7", "touched": "1"}
    return {
        "question": ("get", page, {}, {}),
        "head": ("head", page, {}, {}),
        "in English": ("get", f"{page}?lang=en", {}, {"accept-language": "ja"}),
        "by the browser": ("get", form, {}, {"accept-language": "en-GB,en;q=0.8"}),
        "answer": ("post", page, person, {}),
        "fault": ("post", page, {"score": "x"}, {}),
        "once more": ("post", page, {"score": "7"}, {}),
        "thanks": ("get", f"{page}thanks/", {}, {}),
        "closed": ("get", closed, {}, {}),
        "form": ("get", form, {}, {}),
        "words": ("post", form, {"words": "Hello"}, {}),
        "thanks of the form": ("get", f"{form}thanks/", {}, {}),
        "unsubscribe": ("get", customer.unsubscribe_path, {}, {}),
        "one click": ("post", customer.unsubscribe_path, {"List-Unsubscribe": "One-Click"}, {}),
        "confirm": ("get", claim.get_absolute_url(), {}, {}),
        "no such link": ("get", "/s/1.forged/", {}, {}),
        "no such page": ("get", "/s/", {}, {}),
        "without a slash": ("get", page[:-1], {}, {}),
        "null": ("get", "/s/%00/", {}, {}),
        "other verb": ("put", page, {}, {}),
        "options": ("options", page, {}, {}),
        "wrong host": ("get", page, {}, {"host": "elsewhere.example"}),
    }


KINDS = [
    "question", "head", "in English", "by the browser", "answer", "fault", "once more", "thanks",
    "closed", "form", "words", "thanks of the form", "unsubscribe", "one click", "confirm",
    "no such link", "no such page", "without a slash", "null", "other verb", "options",
    "wrong host",
]  # fmt: skip


def asked(client, request, *, secure=True):
    method, address, form, headers = request
    page = getattr(client, method)(address, form or None, headers=headers, secure=secure)
    kept = {k: v for k, v in page.headers.items() if k not in CHANGES_EACH_SECOND}
    return page.status_code, kept, page.headers.keys(), page.cookies


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hsts", [0, 31_536_000])
def test_every_header_is_that_of_the_long_chain(kind, hsts):
    request = requests()[kind]
    with override_settings(SECURE_HSTS_SECONDS=hsts):
        short = asked(Client(), request)
        with override_settings(MIDDLEWARE=settings.MIDDLEWARE[1:]):
            long = asked(Client(), request)

    assert short == long
    assert "Content-Security-Policy" in short[2]
    assert ("Strict-Transport-Security" in short[2]) == bool(hsts)


def test_all_kinds_are_tried():
    assert [*requests()] == KINDS


def test_a_page_of_customers_knows_no_session_and_no_account(client, sato):
    client.force_login(sato)

    question = client.get(make.invitation().get_absolute_url()).wsgi_request
    desk = client.get("/admin/").wsgi_request

    assert (hasattr(question, "user"), hasattr(question, "session")) == (False, False)
    assert (desk.user, hasattr(desk, "session")) == (sato, True)


def test_what_a_person_at_work_answers_as_a_customer_is_the_customers(client, sato):
    client.force_login(sato)

    client.post(make.invitation().get_absolute_url(), {"score": "7", "touched": "1"})

    assert Response.objects.get().history.get().history_user is None


@pytest.mark.parametrize("address", ["/nothing/", "/you-said/", "/admin/login/", "/searching/"])
def test_other_pages_pass_the_long_one(client, address):
    assert hasattr(client.get(address).wsgi_request, "session")


def test_a_link_that_nobody_would_ask_is_refused():
    with pytest.raises(ImproperlyConfigured, match="CsrfViewMiddleware, and nobody would call"):
        customers._chain(["django.middleware.csrf.CsrfViewMiddleware"])


def test_a_fault_is_told_and_noted_once(client, monkeypatch, caplog):
    monkeypatch.setattr("surveys.pages.views._asked", lambda *_: 1 / 0)
    client.raise_request_exception = False

    page = client.get("/s/x/")

    assert (page.status_code, "The fault is ours." in page.content.decode()) == (500, True)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
