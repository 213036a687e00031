"""Whoever wants no more mail gets none, at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.invitations import contact_policy
from surveys.models import Skip
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer():
    return make.customer()


def test_opening_the_link_asks_and_stops_nothing(client, customer):
    page = client.get(customer.unsubscribe_path)

    customer.refresh_from_db()
    assert customer.unsubscribed_at is None
    assert page.templates[0].name == "surveys/unsubscribe.html"
    assert customer.email in page.content.decode()


def test_pressing_the_button_stops_the_mail_at_once(client, customer):
    page = client.post(customer.unsubscribe_path)

    customer.refresh_from_db()
    assert customer.unsubscribed_at is not None
    assert page.templates[0].name == "surveys/unsubscribed.html"
    assert contact_policy.refusal(customer) == Skip.Reason.UNSUBSCRIBED


def test_a_mail_program_stops_it_in_one_click_without_cookies(customer):
    """RFC 8058: a POST of this body, from a server that has seen none of our pages."""
    mail_program = Client(enforce_csrf_checks=True)

    page = mail_program.post(
        customer.unsubscribe_path,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    customer.refresh_from_db()
    assert (page.status_code, page.cookies) == (200, {})
    assert customer.unsubscribed_at is not None


def test_a_mail_program_may_send_it_as_multipart(customer):
    Client(enforce_csrf_checks=True).post(
        customer.unsubscribe_path, {"List-Unsubscribe": "One-Click"}
    )

    customer.refresh_from_db()
    assert customer.unsubscribed_at is not None


def test_stopping_twice_keeps_the_first_date(client, customer):
    first = timezone.now() - timedelta(days=3)
    customer.unsubscribe(first)

    client.post(customer.unsubscribe_path)

    customer.refresh_from_db()
    assert customer.unsubscribed_at == first


def test_whoever_has_stopped_is_told_so_and_not_asked_again(client):
    page = client.get(make.customer(unsubscribed=True).unsubscribe_path)

    assert page.templates[0].name == "surveys/unsubscribed.html"


def test_the_page_speaks_the_customers_language_and_can_be_switched(client):
    link = make.customer(language="ja").unsubscribe_path

    assert client.get(link)["Content-Language"] == "ja"
    assert client.get(f"{link}?lang=en")["Content-Language"] == "en"


def test_an_open_question_is_still_answered_by_whoever_has_stopped_the_mail(client):
    invitation = make.invitation(to=make.customer(unsubscribed=True))

    assert client.get(invitation.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_we_did_not_make_stops_nothing(client, customer, method):
    forged = customer.unsubscribe_path[:-4] + "AAA/"
    answer_link = make.invitation(to=customer).get_absolute_url().replace("/s/", "/u/")

    for link in ["/u/x/", f"/u/{customer.pk}/", forged, answer_link]:
        assert getattr(client, method)(link).status_code == 404
    customer.refresh_from_db()
    assert customer.unsubscribed_at is None
