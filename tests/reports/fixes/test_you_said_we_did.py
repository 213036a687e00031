"""The public page: what customers said, and what was done about it."""

from datetime import UTC, datetime

import pytest

from reports.models import Fix
from surveys.models import Response
from surveys.signals import good_news_wanted
from tests import make

pytestmark = pytest.mark.django_db

PAGE = "/you-said/"
EARLY, LATE = datetime(2026, 3, 31, 15, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)


def shipped(*asked_in, at=LATE, **words):
    fix = make.fix(*asked_in, **words)
    Fix.objects.filter(pk=fix.pk).update(state=Fix.State.SHIPPED, shipped_at=at)
    return fix


def shown(page):
    return list(page.context["page"].object_list)


def test_what_shipped_is_shown_newest_first(client):
    early, late = shipped(at=EARLY), shipped(at=LATE)

    assert shown(client.get(PAGE)) == [late, early]


def test_what_is_planned_or_not_public_is_not_shown(client):
    make.fix()
    shipped(public=False)

    assert shown(client.get(PAGE)) == []


def test_it_speaks_japanese_and_english_with_the_day_in_tokyo(client):
    words = {"you_said_ja": "検索が遅い", "we_did_ja": "速くしました"}
    shipped(make.feedback(by=make.customer()), make.feedback(by=make.customer()), at=EARLY, **words)

    japanese = client.get(PAGE, {"lang": "ja"}).content.decode()
    english = client.get(PAGE, {"lang": "en"}).content.decode()

    assert "お客様の声を形にしました" in japanese
    assert "検索が遅い" in japanese
    assert "2件のお客様の声から" in japanese
    assert "2026年4月1日(水)" in japanese
    assert "You said, we did" in english
    assert "It is slow" in english
    assert "2 voices told us so" in english
    assert "1 Apr 2026" in english


def test_one_customer_is_not_counted_in_public(client):
    shipped(make.feedback(by=make.customer()))

    assert "told us so" not in client.get(PAGE, {"lang": "en"}).content.decode()


def test_a_customer_who_said_it_twice_counts_once(client):
    bob = make.customer()
    shipped(make.feedback(by=bob), make.feedback(by=bob), make.feedback(by=None))

    assert [fix.customers for fix in shown(client.get(PAGE))] == [2]


def test_customers_own_words_never_stand_there(client):
    shipped(make.feedback("I am Bob and my card ends in 1234", by=make.customer()))

    assert "1234" not in client.get(PAGE).content.decode()


def test_words_in_the_other_language_say_which_it_is(client):
    shipped(you_said_ja="遅い", you_said_en="")

    assert '<blockquote lang="ja">' in client.get(PAGE, {"lang": "en"}).content.decode()


def test_an_empty_page_says_what_will_appear(client):
    page = client.get(PAGE, {"lang": "en"}).content.decode()

    assert "Here we will show what our customers told us" in page


def test_no_cookie_is_set(client):
    assert client.get(PAGE).cookies == {}


@pytest.mark.parametrize("page", ["2", "99", "0", "-1", "last", "x", "٣"])
def test_a_page_that_does_not_exist_shows_one_that_does(client, page):
    for _ in range(11):
        shipped()

    assert client.get(PAGE, {"page": page}).status_code == 200


def test_whoever_wants_to_write_finds_the_form(client):
    form = make.survey(kind="feedback")
    make.survey(kind="feedback", state="closed")

    assert f'href="/f/{form.slug}/"' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("fixes", [1, 3])
def test_the_number_of_fixes_does_not_make_more_queries(client, django_assert_num_queries, fixes):
    for _ in range(fixes):
        shipped(make.feedback())

    with django_assert_num_queries(3):
        client.get(PAGE)


def test_a_thank_you_page_hears_the_latest_three_in_its_language():
    for number in range(5):
        shipped(at=datetime(2026, 1, 1 + number, tzinfo=UTC), we_did_en=f"Did {number}")
    shipped(public=False)

    heard = good_news_wanted.send(Response, language="en")

    assert [answer for _, answer in heard] == [["Did 4", "Did 3", "Did 2"]]
