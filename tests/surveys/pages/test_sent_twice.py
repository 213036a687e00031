"""Back and Send, or two taps: what is sent twice from one form is kept once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from surveys.models import AddressClaim, FormPost, Response
from surveys.responses import claim_address
from surveys.tasks import forget_form_posts
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def url():
    return make.survey(kind="feedback").get_absolute_url()


def opened(client, url):
    """The key of the form as this page shows it."""
    return re.search(r'name="form_key" value="([0-9a-f]{32})"', client.get(url).content.decode())[1]


def voices():
    return [item.text for item in Feedback.objects.order_by("pk")]


def test_back_and_send_is_one_voice(client, url):
    said = {"words": "Too slow", "form_key": opened(client, url)}

    for _twice in range(2):
        assert client.post(url, said).status_code == 303

    assert (Response.objects.count(), voices()) == (1, ["Too slow"])


def test_what_is_changed_before_it_is_sent_again_is_changed(client, url):
    key = opened(client, url)

    client.post(url, {"words": "Too slow", "form_key": key})
    client.post(url, {"words": "Too slow, and dear", "form_key": key})

    assert (Response.objects.count(), voices()) == (1, ["Too slow, and dear"])
    assert Response.history.count() == 2


def test_an_address_added_before_it_is_sent_again_is_a_claim_of_the_same_words(client, url):
    key = opened(client, url)

    client.post(url, {"words": "Too slow", "form_key": key})
    for _twice in range(2):
        client.post(url, {"words": "Too slow", "form_key": key, "email": "hanna@example.com"})

    assert (Response.objects.count(), AddressClaim.objects.count()) == (1, 1)


def test_a_page_that_back_loads_anew_has_another_key_and_the_same_words_are_still_one(client, url):
    for _twice in range(2):
        client.post(url, {"words": "Too slow", "form_key": opened(client, url)})

    assert (Response.objects.count(), voices()) == (1, ["Too slow"])


def test_without_a_key_the_same_words_are_one(client, url):
    for _twice in range(2):
        client.post(url, {"words": "Too slow"})

    assert voices() == ["Too slow"]


@pytest.mark.parametrize(
    "another", [{"REMOTE_ADDR": "192.0.2.7"}, {"headers": {"user-agent": "Another/1.0"}}]
)
def test_the_same_words_of_another_browser_are_another_voice(client, url, another):
    client.post(url, {"words": "Good", "form_key": opened(client, url)})
    client.post(url, {"words": "Good", "form_key": opened(client, url)}, **another)

    assert voices() == ["Good", "Good"]


def test_other_words_on_a_new_page_are_another_voice(client, url):
    for words in ("Good", "And fast"):
        client.post(url, {"words": words, "form_key": opened(client, url)})

    assert voices() == ["Good", "And fast"]


def test_the_same_words_to_another_form_are_another_voice(client, url):
    for form in (url, make.survey(kind="feedback").get_absolute_url()):
        client.post(form, {"words": "Good"})

    assert voices() == ["Good", "Good"]


def test_a_form_left_open_for_an_hour_is_the_next_persons(client, url, clock):
    key = opened(client, url)
    client.post(url, {"words": "Mine", "form_key": key})
    clock.wait(hours=1)
    client.post(url, {"words": "Another's", "form_key": key})

    assert voices() == ["Mine", "Another's"]


def test_the_same_words_ten_minutes_later_are_said_again(client, url, clock):
    client.post(url, {"words": "Late again", "form_key": opened(client, url)})
    clock.wait(minutes=10)
    client.post(url, {"words": "Late again", "form_key": opened(client, url)})

    assert voices() == ["Late again"] * 2


@pytest.mark.parametrize("decide", [claim_address.confirm, claim_address.deny])
def test_words_that_their_owner_decided_about_cannot_be_changed(client, url, decide, clock):
    key = opened(client, url)
    client.post(url, {"words": "Nice", "form_key": key, "email": "hanna@example.com"})
    decide(AddressClaim.objects.get(), now=clock.now)

    client.post(url, {"words": "Go to evil.example", "form_key": key, "email": "x@example.com"})

    assert voices() == ["Nice", "Go to evil.example"]
    assert AddressClaim.objects.open().get().response.comment == "Go to evil.example"


@pytest.mark.parametrize("key", ["", "x", "A" * 32, "0" * 31, "0" * 33, "\0", "'"])
def test_a_key_that_is_none_of_ours_is_no_key(client, url, key):
    for words in ("One", "Two"):
        assert client.post(url, {"words": words, "form_key": key}).status_code == 303

    assert voices() == ["One", "Two"]


def test_a_form_with_a_fault_keeps_its_key(client, url):
    key = opened(client, url)

    page = client.post(url, {"words": "", "form_key": key})

    assert page.context["form"].key == key


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_a_key", [True, False])
def test_taps_at_the_same_moment_are_one_row(url, with_a_key):
    said = {"words": "Too slow", "email": "hanna@example.com"}
    said |= {"form_key": opened(Client(), url)} if with_a_key else {}

    def tap(_number):
        try:
            return Client().post(url, said).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as taps:
        assert set(taps.map(tap, range(6))) == {303}

    assert (Response.objects.count(), voices()) == (1, ["Too slow"])


def test_what_was_posted_is_forgotten_after_a_day(client, url, clock):
    client.post(url, {"words": "Too slow"})
    clock.wait(days=1, seconds=1)

    assert forget_form_posts() == 1
    assert not FormPost.objects.exists()
