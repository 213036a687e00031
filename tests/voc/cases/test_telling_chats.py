"""Chats are told once: over https, with backoff, never into our own network, errors in words."""

import json
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from tests import make
from voc.cases import workflow
from voc.cases.webhooks import deliver, payloads
from voc.cases.webhooks.post import NotHttps, Private, Unreachable, post
from voc.models import AlertWebhook, WebhookPost

MESSAGE = payloads.Message("Case #1 <new>", "score 2 & owner: 森", "https://desk.example/1", "Open")


def test_slack_gets_its_own_signs():
    body, headers = payloads.for_slack(MESSAGE, "")

    assert json.loads(body)["text"] == (
        "*Case #1 &lt;new&gt;*\nscore 2 &amp; owner: 森\n<https://desk.example/1|Open>"
    )
    assert headers["Content-Type"].startswith("application/json")


def test_teams_gets_a_card():
    body, _headers = payloads.for_teams(MESSAGE, "")

    card = json.loads(body)["attachments"][0]["content"]
    assert card["body"][0]["text"] == "Case #1 <new>"
    assert card["actions"][0]["url"] == "https://desk.example/1"


def test_chatwork_gets_a_form_with_the_token_beside_it():
    title = payloads.Message("[toall] #1", "", "https://desk.example/1", "Open")
    body, headers = payloads.for_chatwork(title, "token")

    assert parse_qs(body.decode())["body"] == [
        "[info][title]［toall］ #1[/title]https://desk.example/1[/info]"
    ]
    assert headers["X-ChatWorkToken"] == "token"


@pytest.mark.parametrize("url", ["http://a.example/", "ftp://a.example/", "https:///x", "", "x"])
def test_only_https_is_posted_to(url):
    with pytest.raises(NotHttps):
        post(url, b"", {}, private_too=False)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]",
        "[::ffff:127.0.0.1]", "[fd00::1]", "0.0.0.0", "100.64.0.1", "2130706433", "0x7f000001",
    ],
)  # fmt: skip
def test_nothing_goes_into_a_network_of_our_own(host):
    with pytest.raises((Private, Unreachable)):
        post(f"https://{host}:1/", b"", {}, private_too=False)


@contextmanager
def chat(*statuses):
    """A chat that answers with these, one after the other, and remembers what it got."""
    left, got = list(statuses), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # its name
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(left.pop(0) if left else 200)
            self.end_headers()
            self.wfile.write(b"no_service")

        def log_message(self, *_what):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook?x=1", got
    finally:
        server.shutdown()
        server.server_close()


def hook(url, kind="slack"):
    return AlertWebhook.objects.create(name="Support", kind=kind, url=url, language="en")


def opened():
    return workflow.open_case(response=make.response(2), now=timezone.now())[0]


def later():
    WebhookPost.objects.update(send_after=timezone.now(), claimed_until=None)
    deliver.deliver_posts()


@pytest.mark.django_db
def test_a_case_is_posted_once(settings):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    with chat() as (url, got):
        hook(url)
        case = opened()
        assert deliver.deliver_posts() == 1
        assert deliver.deliver_posts() == 0

    assert len(got) == 1
    assert f"New case #{case.pk}" in json.loads(got[0])["text"]
    assert WebhookPost.objects.get().outcome == "sent"


@pytest.mark.django_db
def test_what_is_not_taken_comes_again_later_and_in_the_end_is_refused(settings):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    with chat(*[503] * 9) as (url, got):
        hook(url)
        opened()
        deliver.deliver_posts()
        first = WebhookPost.objects.get()
        assert first.send_after > timezone.now() + timedelta(seconds=50)
        for _ in range(6):
            later()

    ended = WebhookPost.objects.get()
    assert (len(got), ended.outcome, ended.error) == (5, "refused", "503 no_service")


@pytest.mark.django_db
@pytest.mark.parametrize("status", [404, 400, 302])
def test_a_no_is_believed_at_once(settings, status):
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    with chat(status) as (url, got):
        hook(url)
        opened()
        deliver.deliver_posts()

    ended = WebhookPost.objects.get()
    assert (len(got), ended.outcome, ended.error) == (1, "refused", f"{status} no_service")


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_an_error_is_said_in_words():
    hook("https://127.0.0.1/")
    opened()

    deliver.deliver_posts()

    assert WebhookPost.objects.get().why == "the address leads into a network of our own"


@pytest.mark.django_db
def test_a_worker_that_dies_while_posting_posts_nothing_twice(monkeypatch):
    hook("https://127.0.0.1/")
    opened()

    def dies(*what, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(deliver, "post", dies)
    with pytest.raises(KeyboardInterrupt):
        deliver.deliver_posts()
    monkeypatch.undo()
    WebhookPost.objects.update(claimed_until=timezone.now())

    assert deliver.deliver_posts() == 0
    assert WebhookPost.objects.get().outcome == "uncertain"
