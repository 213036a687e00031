"""A customer opens the link and answers."""

import re
from contextlib import contextmanager

import pytest

from surveys.models import Response
from surveys.signals import good_news_wanted
from tests import make

pytestmark = pytest.mark.django_db

A_PERSON = {"touched": "1", "scripted": "1"}


def test_the_score_and_the_reason_are_kept(client):
    invitation = make.invitation()

    client.post(
        invitation.get_absolute_url(), {"score": 9, "comment": " Fast and friendly. ", **A_PERSON}
    )

    response = Response.objects.get()
    assert response.invitation == invitation
    assert response.customer == invitation.customer
    assert (response.score, response.comment) == (9, "Fast and friendly.")
    assert response.state == Response.State.COUNTED


def test_the_wording_that_was_asked_is_kept_with_the_answer(client):
    invitation = make.invitation(to=make.customer(language="ja"))

    client.post(invitation.get_absolute_url(), {"score": 9, **A_PERSON})

    response = Response.objects.get()
    assert (response.language, response.wording.language) == ("ja", "ja")


def test_after_the_answer_comes_a_page_that_may_be_reloaded(client):
    invitation = make.invitation()

    page = client.post(invitation.get_absolute_url(), {"score": 9, **A_PERSON})

    assert page.status_code == 303
    assert page["Location"] == f"{invitation.get_absolute_url()}thanks/?lang=en"


def test_the_reason_may_be_left_out(client):
    client.post(make.invitation().get_absolute_url(), {"score": 7, **A_PERSON})

    assert Response.objects.get().comment == ""


@pytest.mark.parametrize(
    ("link", "chosen"),
    [("", []), ("?score=0", ["0"]), ("?score=10", ["10"]), ("?score=3&lang=en", ["3"])],
)
def test_a_score_link_preselects_but_does_not_answer(client, link, chosen):
    page = client.get(make.invitation().get_absolute_url() + link)

    assert checked(page) == chosen
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "score", ["", "abc", "99", "-1", "９", "9.5", "1_0", " 9", "9" * 5000, "\ufffd"]
)
def test_a_broken_score_link_preselects_nothing(client, score):
    page = client.get(make.invitation().get_absolute_url(), {"score": score})

    assert page.status_code == 200
    assert checked(page) == []


def test_the_page_speaks_the_customers_language(client):
    page = client.get(make.invitation(to=make.customer(language="ja")).get_absolute_url())

    assert page["Content-Language"] == "ja"
    assert "トドクを友人や同僚に薦める可能性はどのくらいありますか?" in without_breaks(page)


def test_the_language_can_be_switched_and_the_score_stays(client):
    url = make.invitation(to=make.customer(language="ja")).get_absolute_url()

    page = client.get(f"{url}?score=4&lang=en")

    assert page["Content-Language"] == "en"
    assert 'href="?score=4&amp;lang=ja"' in page.content.decode()


def test_the_thanks_speak_the_language_of_the_answer(client):
    url = make.invitation(to=make.customer(language="ja")).get_absolute_url()

    page = client.post(f"{url}?lang=en", {"score": 9, **A_PERSON}, follow=True)

    assert page["Content-Language"] == "en"
    assert Response.objects.get().language == "en"


def test_each_band_has_its_own_question(client):
    page = client.get(make.invitation().get_absolute_url())

    assert dict(re.findall(r'<span class="ask (\w+)">([^<]+)</span>', page.content.decode())) == {
        "anyone": "Would you tell us why?",
        "detractor": "What disappointed you?",
        "passive": "What would make it a 10?",
        "promoter": "What do you like most?",
    }


def test_thanks_say_what_will_happen_and_show_the_answer(client):
    url = make.invitation().get_absolute_url()

    page = client.post(url, {"score": 2, **A_PERSON}, follow=True)

    html = page.content.decode()
    assert "We are sorry to have let you down. Someone here will read this and work on it." in html
    assert 'Your answer: <strong class="number">2</strong>' in html
    assert f'<a href="{url}?lang=en">Change the answer</a>' in html


def test_thanks_before_an_answer_lead_to_the_question(client):
    invitation = make.invitation()

    page = client.get(f"{invitation.get_absolute_url()}thanks/")

    assert (page.status_code, page["Location"]) == (302, invitation.get_absolute_url())


def test_thanks_tell_three_things_that_were_done_because_others_spoke(client):
    answered = make.response(9)
    news = ["One", "Two", "Three", "Four"]

    with listening(lambda **_: news):
        page = client.get(f"{answered.invitation.get_absolute_url()}thanks/")

    assert re.findall("<li>([A-Z][a-z]+)</li>", page.content.decode()) == ["One", "Two", "Three"]


def test_thanks_are_given_even_when_the_good_news_fail(client, caplog):
    answered = make.response(9)

    with listening(lambda **_: 1 / 0):
        page = client.get(f"{answered.invitation.get_absolute_url()}thanks/")

    assert (page.status_code, "You said" in page.content.decode()) == (200, False)
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_no_browser_or_proxy_keeps_the_page(client):
    page = client.get(make.invitation().get_absolute_url())

    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert page.cookies == {}


@pytest.mark.parametrize("link", ["/s/not-a-token/", "/s/1.forged/", "/s/名前/", "/s/%ff/"])
@pytest.mark.parametrize("end", ["", "thanks/"])
def test_a_link_we_did_not_make_gets_a_page_that_says_what_to_do(client, link, end):
    page = client.get(link + end, headers={"Accept-Language": "en"})

    assert page.status_code == 404
    assert "open it once more from the mail" in page.content.decode()


def test_the_link_to_stop_the_mail_does_not_open_the_question(client):
    token = make.invitation().customer.unsubscribe_path.split("/")[2]

    assert client.get(f"/s/{token}/").status_code == 404


def checked(page):
    return re.findall(r'name="score" value="(\d+)"[^>]* checked', page.content.decode())


def without_breaks(page):
    return page.content.decode().replace("<wbr>", "")


@contextmanager
def listening(receiver):
    """Nobody but `receiver` knows good news, for the length of a block."""
    others, good_news_wanted.receivers = good_news_wanted.receivers, []
    good_news_wanted.connect(receiver, weak=False)
    yield
    good_news_wanted.receivers = others
