"""Chat channels: their address and token are written once and never shown again."""

import pytest
from django.urls import reverse

from tests import make
from voc.models import AlertWebhook, WebhookPost

pytestmark = pytest.mark.django_db
LIST = reverse("admin:voc_alertwebhook_changelist")
ADD = reverse("admin:voc_alertwebhook_add")
FORM = {"name": "Support", "kind": "slack", "language": "en", "is_on": "on"}


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def test_an_address_is_kept_and_never_shown(desk):
    desk.post(ADD, {**FORM, "url": "https://chat.example/T0/secret"})
    hook = AlertWebhook.objects.get()
    change = reverse("admin:voc_alertwebhook_change", args=[hook.pk])

    for page in (LIST, change):
        shown = desk.get(page).content.decode()
        assert "T0/secret" not in shown

    desk.post(change, {**FORM, "name": "Sales"})
    hook.refresh_from_db()
    assert (hook.name, hook.url) == ("Sales", "https://chat.example/T0/secret")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"url": ""}, "Please write the address that the chat gave you."),
        ({"url": "http://chat.example/"}, "An address of a chat begins with https://."),
        ({"kind": "chatwork", "url": "https://a.example/"}, "Please write the API token"),
    ],
)
def test_a_fault_is_said(desk, fault, sentence):
    assert sentence in desk.post(ADD, {**FORM, **fault}).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_says_how_the_last_message_went(desk, n, django_assert_num_queries):
    case = make.case()
    for number in range(n):
        hook = AlertWebhook.objects.create(name=str(number), kind="slack", url="https://a.example")
        WebhookPost.objects.create(webhook=hook, case=case, outcome="refused", error="private")
    desk.get(LIST)

    with django_assert_num_queries(3):
        page = desk.get(LIST).content.decode()

    assert page.count("refused the address leads into a network of our own") == n
