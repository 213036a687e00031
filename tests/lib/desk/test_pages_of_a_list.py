"""Pages of a list: every row once, whatever the order, forwards and back; and odd addresses."""

import base64
import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from lib.desk import pages
from surveys.models import Customer
from tests import make
from tests.hostile.values import EVERYTHING
from voc.models import Feedback

pytestmark = pytest.mark.django_db

INBOX = "/admin/voc/feedback/"
CUSTOMERS = "/admin/surveys/customer/"


@pytest.fixture
def short_pages(monkeypatch):
    """Three rows a page."""
    monkeypatch.setattr("lib.admin_base.DeskAdmin.list_per_page", 3)


@pytest.fixture
def items():
    """Items alike in all that a list is ordered by, and some without a score."""
    now = timezone.now()
    for number in range(5):
        answered = make.response([9, 3, 3, 9, 3][number], "Slow")
        Feedback.objects.filter(response=answered).update(received_at=now)
    for number in range(6):
        made = make.feedback("Late")
        day = now - timedelta(days=number // 3)
        urgency = "churn" if number == 4 else None
        Feedback.objects.filter(pk=made.pk).update(received_at=day, urgency=urgency)
    make.response(7)  # said nothing
    return list(Feedback.objects.all())


def link(page, rel):
    found = re.search(rf'<a rel="{rel}" href="([^"]+)"', page.content.decode())
    return unescape(found[1]) if found else None


def leaf(desk, address, rel, page):
    """The ids on each page from this one on."""
    seen = [[row.pk for row in page.context["cl"].result_list]]
    while further := link(page, rel):
        page = desk.get(address + further)
        seen.append([row.pk for row in page.context["cl"].result_list])
    return seen, page


ORDERS = ["", "?pile=all", "?pile=all&o=2", "?pile=all&o=-2", "?pile=all&o=5", "?pile=all&o=-5",
          "?pile=all&o=2.-5", "?pile=all&o=-2.5", "?o=2"]  # fmt: skip


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("query", ORDERS)
def test_every_row_is_on_one_page_forwards_and_back(desk, items, query):
    there, last = leaf(desk, INBOX, "next", desk.get(INBOX + query))
    back, _first = leaf(desk, INBOX, "prev", last)

    assert sorted(pk for page in there for pk in page) == sorted(item.pk for item in items)
    assert [len(page) for page in there] == [3, 3, 3, 2]
    assert back == there[::-1]


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize(("query", "scores"), [("o=2", [3, 3, 3, 9, 9]), ("o=-2", [9, 9, 3, 3, 3])])
def test_what_has_no_score_comes_last_whichever_way(desk, items, query, scores):
    there, _last = leaf(desk, INBOX, "next", desk.get(f"{INBOX}?pile=all&{query}"))

    of = {item.pk: item.score for item in items}
    assert [of[pk] for page in there for pk in page] == [*scores, *[None] * 6]


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("order", ["", "?o=2", "?o=-2", "?o=4", "?o=-4", "?o=6"])
def test_customers_are_on_one_page_each(desk, order):
    now = timezone.now()
    for number in range(8):
        one = make.customer(name="Same" if number % 2 else "")
        gone = now if number in (2, 3, 5) else None
        Customer.objects.filter(pk=one.pk).update(unsubscribed_at=gone)

    there, last = leaf(desk, CUSTOMERS, "next", desk.get(CUSTOMERS + order))
    back, _first = leaf(desk, CUSTOMERS, "prev", last)

    assert len({pk for page in there for pk in page}) == sum(map(len, there)) == 8
    assert back == there[::-1]


@pytest.mark.usefixtures("short_pages")
def test_a_row_more_moves_nobody_to_another_page(desk, items):
    first = desk.get(f"{INBOX}?pile=all")
    shown = {row.pk for row in first.context["cl"].result_list}
    following = {row.pk for row in desk.get(INBOX + link(first, "next")).context["cl"].result_list}
    make.feedback("Newer than all of them")

    again = {row.pk for row in desk.get(INBOX + link(first, "next")).context["cl"].result_list}

    assert again == following
    assert not again & shown


@pytest.mark.usefixtures("short_pages", "items")
def test_a_filter_and_another_order_begin_at_the_first_page(desk):
    page = desk.get(INBOX + link(desk.get(f"{INBOX}?pile=all"), "next"))

    changelist = page.context["cl"]
    assert changelist.get_query_string({"o": "2"}) == "?o=2&pile=all"


@pytest.mark.usefixtures("short_pages")
def test_the_number_of_a_page_that_was_kept_leads_to_the_first(desk, items):
    kept = desk.get(f"{INBOX}?pile=all&p=3").context["cl"].result_list

    assert kept == desk.get(f"{INBOX}?pile=all").context["cl"].result_list


@pytest.mark.usefixtures("short_pages", "items")
def test_a_page_that_nothing_is_left_of_shows_the_first(desk):
    far = base64.urlsafe_b64encode(json.dumps(["2000-01-01 00:00:00+00:00", "1"]).encode())

    page = desk.get(f"{INBOX}?pile=all&after={far.decode()}")

    assert len(page.context["cl"].result_list) == 3


def keys():
    yield from EVERYTHING
    for values in [[], [None, None], ["x", "1"], ["2026-01-01", "1"], ["2026-01-01 00:00", "1"],
                   ["2026-01-01 00:00+00:00", "9" * 30], ["2026-01-01 00:00+00:00", "-1"],
                   ["9999-12-31 23:59:59+00:00", "1"], ["0001-01-01 00:00:00+14:00", "1"],
                   [["a"], {"b": 1}], {"a": 1}, 7, "a", ["2026-01-01 00:00+00:00", 1.5],
                   ["2026-01-01 00:00+00:00", "\0"], ["\ud800", "1"]]:  # fmt: skip
        yield base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    yield base64.urlsafe_b64encode(b"[" * 1_500).decode()
    yield base64.urlsafe_b64encode(b"9" * 1_400).decode()


@pytest.mark.parametrize("side", ["after", "before"])
@pytest.mark.parametrize("order", ["pile=all", "o=2", "o=5"])
def test_a_key_that_cannot_be_leads_to_the_list_which_says_so(desk, side, order):
    make.response(3, "Slow")

    for key in keys():
        page = desk.get(INBOX, {side: key, **dict([order.split("=")])}, follow=True)
        assert page.status_code in (200, 400), key  # 400: no address at all
        if page.status_code == 200:
            assert len(page.context["cl"].result_list) == 1, key


def test_more_than_a_thousand_are_counted_no_further(desk, monkeypatch):
    monkeypatch.setattr(pages, "MOST_COUNTED", 5)
    monkeypatch.setattr("lib.admin_base.DeskAdmin.list_per_page", 3)
    for _ in range(7):
        make.feedback("Slow")

    english = desk.get(INBOX, headers={"accept-language": "en"}).content.decode()
    japanese = desk.get(INBOX, headers={"accept-language": "ja"}).content.decode()

    assert "5+ feedback" in english
    assert "Select all 5+" in english
    assert "お客様の声 5+件" in japanese


def test_a_thousand_are_said_as_people_write_it():
    assert [pages.in_words(n) for n in (0, 1_000, 1_001)] == ["0", "1000", "1,000+"]


@pytest.mark.usefixtures("short_pages")
def test_what_is_done_to_all_is_done_to_those_of_every_page(desk):
    for number in range(7):
        make.feedback("Slow" if number else "Good")
    chosen = {"action": "dismiss", "select_across": "1", "_selected_action": ["1"], "index": "0"}

    desk.post(f"{INBOX}?q=slow", {**chosen, "asked": "yes", "reason": "spam"})

    assert Feedback.objects.filter(status="dismissed").count() == 6
