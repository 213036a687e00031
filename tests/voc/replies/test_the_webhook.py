"""A mail service hands mails over by a webhook, if it knows the secret."""

import json
from base64 import b64encode
from importlib import reload
from types import ModuleType

import pytest
from django.core.checks import run_checks
from django.urls import include, path

from config.urls import handler500
from voc.models import CustomerMail
from voc.replies import receive as door
from voc.replies import webhook

pytestmark = pytest.mark.django_db

ADDRESS = "/mail/postmark/inbound/"
SECRET = "todoku:a-long-password-of-a-site"
MAIL = {
    "From": "ann@example.com",
    "FromFull": {"Email": "ann@example.com", "Name": "Ann"},
    "ToFull": [{"Email": "voice@hoshi.example", "Name": ""}],
    "CcFull": [],
    "BccFull": [],
    "Subject": "遅いです",
    "Date": "Mon, 30 Nov 2026 09:00:00 +0900",
    "Headers": [{"Name": "Message-ID", "Value": "<one@example.com>"}],
    "TextBody": "帳票が遅いです。",
    "Attachments": [],
}


@pytest.fixture
def service(settings, client):
    """Post a mail as the service does."""
    settings.INBOUND_MAIL, settings.INBOUND_MAIL_SECRET = "postmark", SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    urls = ModuleType("urls")
    urls.urlpatterns = [path("mail/", include(reload(webhook).urlpatterns))]
    urls.handler500 = handler500
    settings.ROOT_URLCONF = urls

    def post(secret=SECRET, **changed):
        signed = {"HTTP_AUTHORIZATION": f"Basic {b64encode(secret.encode()).decode()}"}
        content = json.dumps({**MAIL, **changed})
        return client.post(ADDRESS, content, content_type="application/json", **signed)

    client.raise_request_exception = False
    return post


def test_a_mail_that_is_handed_over_is_received_once(service):
    assert service().status_code == 200
    assert service().status_code == 200

    mail = CustomerMail.objects.get()
    assert (mail.from_address, mail.subject) == ("ann@example.com", "遅いです")
    assert mail.feedback.text == "帳票が遅いです。"


def test_a_mail_without_an_id_is_known_by_what_the_service_calls_it(service):
    for _again in range(2):
        service(Headers=[], MessageID="22c74902-a0c1-4511-804f-341342852c90")

    assert CustomerMail.objects.count() == 1


@pytest.mark.parametrize("secret", ["todoku:wrong", "", "other:a-long-password-of-a-site"])
def test_who_does_not_know_the_secret_hands_over_nothing(service, secret):
    assert service(secret).status_code == 400
    assert not CustomerMail.objects.exists()


def test_what_cannot_be_kept_is_handed_over_again(service, monkeypatch):
    def broken(raw, now):
        raise RuntimeError

    monkeypatch.setattr(webhook, "receive", broken)
    assert service().status_code == 500

    monkeypatch.setattr(webhook, "receive", door.receive)
    assert service().status_code == 200
    assert CustomerMail.objects.count() == 1


def test_without_the_setting_there_is_no_such_address(client):
    assert client.post(ADDRESS, "{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize(
    ("service", "secret", "ids"),
    [
        ("", "", []),
        ("postmark", SECRET, []),
        ("pigeon", SECRET, ["todoku.E020"]),
        ("postmark", "", ["todoku.E021"]),
        ("postmark", "todoku:short", ["todoku.E021"]),
    ],
)
def test_settings_that_let_anybody_in_are_said(settings, service, secret, ids):
    settings.INBOUND_MAIL, settings.INBOUND_MAIL_SECRET = service, secret

    assert [each.id for each in run_checks() if each.id in ("todoku.E020", "todoku.E021")] == ids
