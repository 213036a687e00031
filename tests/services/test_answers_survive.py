"""Customers answer while things around them break."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.db import connections

from surveys.models import Response
from tests import make
from tests.parts.server import PATIENCE, wait_until
from voc.models import Feedback


class StayHere(HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


def post(url, **fields):
    """The status of the answer, redirects not followed."""
    try:
        with build_opener(StayHere).open(
            Request(url, urlencode(fields).encode()), timeout=PATIENCE
        ) as answer:
            return answer.status
    except HTTPError as error:
        return error.code


def test_fifty_posts_at_once_are_one_counted_response(web):
    site = web(workers=4)
    link = site.url + make.invitation().get_absolute_url()

    with ThreadPoolExecutor(50) as crowd:
        posts = [crowd.submit(post, link, score=3, comment="遅い", touched="1") for _ in range(50)]

    assert {each.result() for each in posts} == {303}
    assert [(r.score, r.state) for r in Response.objects.all()] == [(3, "counted")]
    assert Feedback.objects.count() == 1


def test_a_hung_broker_keeps_no_customer_waiting(redis, web):
    """Nobody who answers talks to the broker at all, so that it cannot keep them."""
    site = web()
    link = site.url + make.invitation().get_absolute_url()
    before = connections_to(redis)

    redis.freeze()
    status = post(link, score=2, comment="解約したい", touched="1")
    redis.thaw()

    assert status == 303
    assert Response.objects.get(score=2).comment == "解約したい"
    assert connections_to(redis) == before + 1  # the one that asks


def connections_to(redis):
    return int(re.search(r"total_connections_received:(\d+)", redis.ask("INFO stats"))[1])


def test_an_answer_given_without_a_broker_is_read_when_it_comes_back(redis, web, beat, worker):
    site = web()
    redis.kill()
    link = site.url + make.invitation().get_absolute_url()
    assert post(link, score=2, comment="解約したい", touched="1") == 303

    redis.start()
    beat(BELL_EVERY_SECONDS="0.5")
    running = worker()

    wait_until(
        lambda: Feedback.objects.filter(language="ja").exclude(analyzed_at=None).exists(),
        "it is read",
        running.tail,
    )


def test_an_answer_that_was_thanked_for_survives_a_killed_database(postgres, web):
    site = web()
    link = site.url + make.invitation().get_absolute_url()

    assert post(link, score=7, touched="1") == 303
    postgres.kill()
    postgres.start()
    connections.close_all()

    assert [r.score for r in Response.objects.all()] == [7]
