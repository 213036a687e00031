"""Connectors are set up on the desk; their secrets go in, and never come out."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.utils import timezone

from lib.desk.progress import REFRESH_SECONDS
from voc.models import Connector

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/connector/"
ANSWERS = {
    "name": "Our helpdesk",
    "kind": "zendesk",
    "address": "https://hoshi.zendesk.com",
    "account": "me@hoshi.example",
    "since": "2026-11-01",
    "every": "60",
    "is_on": "on",
}


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


@pytest.fixture
def connector():
    made = Connector(
        name="Our helpdesk",
        kind="zendesk",
        address="https://hoshi.zendesk.com",
        account="me@hoshi.example",
        since=date(2026, 11, 1),
    )
    made.keep_secret("a secret token")
    made.save()
    return made


def page_of(connector):
    return f"{LIST}{connector.pk}/change/"


def test_a_connector_is_set_up_with_its_secret_sealed(desk):
    desk.post(f"{LIST}add/", {**ANSWERS, "secret": "a secret token"})

    made = Connector.objects.get()
    assert (made.secret, made.language) == ("a secret token", "en")
    assert "a secret token" not in made.sealed_secret


def test_nobody_is_shown_the_secret_again(desk, connector):
    page = desk.get(page_of(connector)).content.decode()

    assert "a secret token" not in page
    assert connector.sealed_secret not in page
    assert "One is kept, and never shown again." in page
    assert "secret" not in str(LogEntry.objects.values())


def test_an_empty_secret_keeps_the_one_there_is_and_another_replaces_it(desk, connector):
    desk.post(page_of(connector), {**ANSWERS, "name": "Helpdesk", "secret": ""})
    connector.refresh_from_db()
    assert (connector.name, connector.secret) == ("Helpdesk", "a secret token")

    desk.post(page_of(connector), {**ANSWERS, "secret": "another"})
    connector.refresh_from_db()
    assert connector.secret == "another"


def test_what_needs_a_secret_is_not_set_up_without_one(desk):
    page = desk.post(f"{LIST}add/", ANSWERS)

    assert page.context["errors"][0] == ["This kind of connector needs a secret."]
    desk.post(f"{LIST}add/", {**ANSWERS, "kind": "app_store"})
    assert Connector.objects.get().kind == "app_store"


def test_another_place_is_fetched_from_the_beginning(desk, connector):
    Connector.objects.update(cursor={"cursor": "far"})
    desk.post(page_of(connector), {**ANSWERS, "every": "1440", "secret": ""})
    connector.refresh_from_db()
    assert connector.cursor == {"cursor": "far"}

    other = {**ANSWERS, "address": "https://other.zendesk.com", "secret": ""}
    desk.post(page_of(connector), other)
    connector.refresh_from_db()
    assert connector.cursor == {}


def test_trying_it_is_left_to_a_worker_and_shows_what_would_come_in(desk, connector):
    page = desk.post(page_of(connector), {"try": "yes"}, follow=True)
    connector.refresh_from_db()
    assert connector.trial_asked_at
    assert page["Refresh"] == str(REFRESH_SECONDS)
    assert "It is being tried." in page.content.decode()
    assert LogEntry.objects.get().get_change_message() == "Tried without storing anything."

    trial = {"found": ["Too slow <b>"], "n": 1, "error": "", "more": True}
    Connector.objects.update(trial=trial, trial_asked_at=None)
    page = desk.get(page_of(connector))
    assert "<bdi>Too slow &lt;b&gt;</bdi>" in page.content.decode()
    assert "Refresh" not in page.headers


def test_the_last_error_and_the_last_result_are_shown(desk, connector):
    Connector.objects.update(error="It broke off.", failed_at=timezone.now(), attempts=5)
    assert "It broke off." in desk.get(LIST).content.decode()
    page = desk.get(page_of(connector)).content.decode()
    assert "It broke off." in page
    assert "Set aside: five workers" in page

    done = {"error": "", "new": 3, "attempts": 0, "ended_at": timezone.now()}
    Connector.objects.update(**done)
    assert "3 new · 0 changed · 0 unchanged" in desk.get(LIST).content.decode()


def test_fetching_now_takes_it_back_to_work(desk, connector):
    later = timezone.now() + timedelta(hours=5)
    Connector.objects.update(attempts=5, due_at=later, cursor={"cursor": "far"})

    desk.post(page_of(connector), {"fetch": "yes"})
    connector.refresh_from_db()
    assert (connector.attempts, connector.cursor) == (0, {"cursor": "far"})
    assert connector.due_at < later

    desk.post(page_of(connector), {"over": "yes"})
    connector.refresh_from_db()
    assert connector.cursor == {}


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_statements_however_many_there_are(
    desk, n, django_assert_num_queries
):
    for number in range(n):
        Connector.objects.create(name=f"Shop {number}", kind="app_store", address="https://x")
    desk.get(LIST)

    with django_assert_num_queries(3):
        desk.get(LIST)


def test_the_command_fetches_here_and_now(capsys):
    call_command("pull_from_connectors")

    assert capsys.readouterr().out
