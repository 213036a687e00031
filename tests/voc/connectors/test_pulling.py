"""Connectors pull page by page; what comes and how far they are is one commit."""

from datetime import timedelta

import pytest

from tests.voc.connectors.conftest import NOW
from tests.voc.intake.channels.exports import ZENDESK
from voc.connectors import pull
from voc.models import Connector, Feedback

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("in_english")]

TICKETS = "/api/v2/incremental/tickets/cursor.json"


def ticket(number):
    return {**ZENDESK, "id": number, "comments": None, "description": f"Words of {number}"}


def comment(number):
    return {
        "id": number * 10,
        "author_id": 700,
        "public": True,
        "created_at": "2026-11-02T03:00:00Z",
        "body": f"Words of {number}",
    }


def page(*numbers, after, is_last):
    return {
        "tickets": [ticket(number) for number in numbers],
        "users": [ZENDESK["requester"]],
        "after_cursor": after,
        "end_of_stream": is_last,
    }


@pytest.fixture
def zendesk(there, connect):
    """A Zendesk with two pages of tickets."""
    there.answers(
        TICKETS, page(1, 2, after="two", is_last=False), page(3, after="end", is_last=True)
    )
    for number in (1, 2, 3):
        there.answers(f"/api/v2/tickets/{number}/comments.json", {"comments": [comment(number)]})
    return connect("zendesk", there.address)


def words():
    return sorted(Feedback.objects.values_list("text", flat=True))


def test_all_pages_come_in_and_the_next_time_is_set(zendesk, pulled, there):
    done = pulled(zendesk)

    assert words() == ["Words of 1", "Words of 2", "Words of 3"]
    assert (done.new, done.changed, done.unchanged, done.error) == (3, 0, 0, "")
    assert (done.cursor, done.ended_at, done.begun_at) == ({"cursor": "end"}, NOW, None)
    assert (done.due_at, done.claimed_until, done.attempts) == (NOW + timedelta(hours=1), None, 0)
    asked = [query for path, query, *_rest in there.asked if path == TICKETS]
    assert asked[0]["start_time"] == "1793491200"
    assert asked[1]["cursor"] == "two"


def test_it_signs_in_with_the_account_and_the_secret(zendesk, pulled, there):
    pulled(zendesk)

    assert there.asked[0][2]["authorization"] == (
        "Basic bWVAaG9zaGkuZXhhbXBsZS90b2tlbjpyaWdodA=="  # me@hoshi.example/token:right
    )


def test_before_its_time_nothing_is_fetched(zendesk, pulled, there):
    Connector.objects.update(due_at=NOW + timedelta(seconds=1))
    assert pull.pull_next(lambda: NOW) is None

    Connector.objects.update(due_at=NOW, is_on=False)
    assert pull.pull_next(lambda: NOW) is None
    assert there.asked == []


def test_the_next_time_goes_on_at_the_cursor_and_doubles_nothing(zendesk, pulled, there):
    pulled(zendesk)
    there.answers(TICKETS, page(3, after="later", is_last=True))

    done = pulled(zendesk, NOW + timedelta(hours=2))

    assert there.asked[-2][1]["cursor"] == "end"
    assert (done.new, done.unchanged, done.cursor) == (0, 1, {"cursor": "later"})
    assert len(words()) == 3


def test_a_worker_that_is_killed_before_the_commit_loses_and_doubles_nothing(
    zendesk, pulled, monkeypatch
):
    whole = pull.Pull._move_on

    def killed_at_the_second_page(self, captured, page, remark):
        if page.is_last:
            raise SystemExit
        whole(self, captured, page, remark)

    monkeypatch.setattr(pull.Pull, "_move_on", killed_at_the_second_page)
    with pytest.raises(SystemExit):
        pulled(zendesk)
    left = Connector.objects.get()
    assert words() == ["Words of 1", "Words of 2"]  # what the cursor says, and no row more
    assert (left.cursor, left.new, left.attempts) == ({"cursor": "two"}, 2, 0)

    monkeypatch.undo()
    done = pulled(zendesk, NOW + timedelta(minutes=2))

    assert len(words()) == 3
    assert (done.new, done.unchanged) == (3, 0)


def test_a_worker_that_comes_too_late_writes_nothing(zendesk, pulled, monkeypatch):
    whole = pull.Pull._fetch

    def slow(self):
        found = whole(self)
        Connector.objects.update(claimed_until=NOW + timedelta(hours=3))  # somebody else has it
        return found

    monkeypatch.setattr(pull.Pull, "_fetch", slow)

    pulled(zendesk)

    assert words() == []


def test_a_page_that_kills_the_worker_five_times_is_set_aside(zendesk, pulled, monkeypatch):
    def killed(self):
        raise SystemExit

    monkeypatch.setattr(pull.Pull, "_fetch", killed)
    for n in range(5):
        with pytest.raises(SystemExit):
            pull.pull_next(lambda n=n: NOW + timedelta(minutes=2 * n))

    assert pull.pull_next(lambda: NOW + timedelta(hours=1)) is None
    assert Connector.objects.get().is_set_aside
    monkeypatch.undo()
    Connector.objects.get().fetch_soon(NOW + timedelta(hours=1))
    assert pulled(zendesk, NOW + timedelta(hours=1)).new == 3


@pytest.mark.parametrize("wait", ["120", "Mon, 30 Nov 2099 09:02:00 GMT"])
def test_who_asks_us_to_come_later_is_asked_later(zendesk, pulled, there, wait):
    there.answers(
        TICKETS, page(1, 2, after="two", is_last=False), (429, {"Retry-After": wait}, b"")
    )

    done = pulled(zendesk)

    assert words() == ["Words of 1", "Words of 2"]  # the page before stays
    assert done.error == "“127.0.0.1” asks us to come back later (429)."
    seconds = 120 if wait == "120" else 3600  # an hour at most
    assert done.due_at == NOW + timedelta(seconds=seconds)
    assert done.cursor == {"cursor": "two"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, b"oops"), "“127.0.0.1” answers with a fault (500)."),
        ((401, {}, b""),
         "“127.0.0.1” refuses the account or the secret (401). Please look at both."),
        ((404, {}, b""), "“127.0.0.1” has nothing at this address (404). Please look at it."),
        ((302, {"Location": "http://169.254.169.254/"}, b""),
         "“127.0.0.1” answers with a fault (302)."),
        ((200, {}, b'{"tickets": [{"id": 1, "sub'),
         "The answer breaks off, or is not what was expected. It is tried again."),
        ((200, {}, b"[1, 2]"),
         "The answer breaks off, or is not what was expected. It is tried again."),
        ((200, {}, b"<html>"),
         "The answer breaks off, or is not what was expected. It is tried again."),
    ],
)  # fmt: skip
def test_a_fault_of_the_other_side_is_said_in_words_and_tried_again(
    zendesk, pulled, there, answer, said
):
    there.answers(TICKETS, answer, page(1, 2, 3, after="end", is_last=True))

    failed = pulled(zendesk)
    assert (failed.error, failed.failed_at, failed.attempts) == (said, NOW, 0)
    assert failed.due_at == NOW + timedelta(hours=1)

    done = pulled(zendesk, failed.due_at)
    assert (done.new, done.error, done.failed_at) == (3, "", None)


def test_a_host_that_does_not_answer_is_said(connect, pulled):
    failed = pulled(connect("zendesk", "http://127.0.0.1:9"))

    assert failed.error == "“127.0.0.1” does not answer, or breaks off. It is tried again."


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://10.0.0.7", "is an address inside a network"),
        ("https://169.254.169.254/latest", "is an address inside a network"),
        ("https://[::1]", "is an address inside a network"),
        ("https://localhost", "is an address inside a network"),
        ("http://example.com", "is no address that begins with https://"),
        ("ftp://example.com", "is no address that begins with https://"),
        ("https://nobody.invalid", "There is no host “nobody.invalid”"),
    ],
)
def test_an_address_inside_a_network_is_refused(connect, pulled, settings, address, said):
    settings.PRIVATE_HOSTS = []

    assert said in pulled(connect("zendesk", address)).error


def test_a_trial_says_what_would_come_in_and_stores_nothing(zendesk, pulled):
    zendesk.try_soon(NOW)

    tried = pulled(zendesk)

    assert tried.trial == {
        "found": ["Words of 1", "Words of 2"], "n": 2, "error": "", "more": True
    }  # fmt: skip
    assert (words(), tried.cursor, tried.trial_asked_at, tried.due_at) == ([], {}, None, NOW)


def test_what_a_trial_has_shown_is_forgotten_once_it_is_fetched(zendesk, pulled):
    Connector.objects.update(trial={"found": ["Words of 1"], "n": 1, "error": "", "more": False})

    assert pulled(zendesk).trial is None


def test_a_trial_that_fails_says_why(zendesk, pulled, there):
    there.answers(TICKETS, (401, {}, b""))
    zendesk.is_on = False
    zendesk.save()
    zendesk.try_soon(NOW)

    tried = pulled(zendesk)

    assert "refuses the account or the secret" in tried.trial["error"]
    assert tried.error == ""


def test_a_secret_sealed_with_a_key_that_is_gone_is_asked_for_again(zendesk, pulled, settings):
    settings.SECRET_KEY = "another key " * 5

    assert pulled(zendesk).error.startswith("The secret cannot be read any more")


def test_a_link_to_the_next_page_that_leads_elsewhere_is_not_followed(zendesk, pulled, there):
    there.answers(
        "/api/v2/tickets/1/comments.json",
        {"comments": [comment(1)], "next_page": "https://evil.example/comments"},
    )

    assert pulled(zendesk).new == 3


def test_items_that_cannot_be_taken_are_told_and_the_others_come_in(zendesk, pulled, there):
    odd = {**comment(1), "created_at": "yesterday-ish"}
    there.answers("/api/v2/tickets/1/comments.json", {"comments": [odd]})
    there.answers(TICKETS, page(1, 2, after="end", is_last=True))

    done = pulled(zendesk)

    assert words() == ["Words of 2"]
    assert done.error.startswith("1 item cannot be taken: “yesterday-ish” is not a date")
    assert done.due_at == NOW + timedelta(hours=1)
