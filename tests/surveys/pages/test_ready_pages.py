"""A page that is kept ready is, byte for byte, what its template makes of the same reader."""

import re
from contextlib import contextmanager

import pytest

from lib.http import ready_pages
from lib.http.ready_pages import render_ready
from surveys.models import Response
from surveys.pages import views
from surveys.questions import default_wordings, kinds
from surveys.questions.kinds import SurveyKind
from tests import make

pytestmark = pytest.mark.django_db

STARS = SurveyKind("stars", label="Stars", scale=range(1, 6), page="surveys/answer.html")
NASTY = [
    "",
    "Too slow",
    "</textarea><script>alert(1)</script>",
    "\"double\" 'single' & <b>",
    "\n\n\nafter three lines",
    "one\r\ntwo",
    "遅い。ﾗﾍﾞﾙ 𠮷野家 👨‍👩‍👧 \u202egnorw",
    "{{ settings.SECRET_KEY }} {% load static %} %s %(x)s {0} \\1 \\g<0>",
    "&amp; &lt;",
    f"place_{'0' * 16}_comment",
    "字" * 10_000,
]
QUERIES = ["", "?lang=en", "?lang=ja", "?score=4", "?score=4&lang=en", "?lang=tlh&score=11"]
QUERIES += ["?a=%3Cb%3E&lang=en&a=%22", "?utm_source=mail&lang=ja&score=10&x=%E5%AD%97", "?lang="]


@contextmanager
def plainly(monkeypatch):
    """Pages are rendered by `render`, each time."""
    with monkeypatch.context() as patch:
        patch.setattr(ready_pages.settings, "DEBUG", True)
        yield


@pytest.fixture
def same(client, monkeypatch):
    """Asks for a page twice when it is ready, and once when it is not; checks that all are one."""

    def ask(address, **headers):
        first, again = (client.get(address, headers=headers) for _twice in range(2))
        with plainly(monkeypatch):
            plain = client.get(address, headers=headers)
        assert plain.templates
        assert not again.templates
        assert (first.status_code, first.content) == (plain.status_code, plain.content)
        assert again.content == plain.content
        return plain.content.decode()

    return ask


def said(score, comment, *, state="counted", **how):
    """An answer as it stands in the database, whatever a form would have made of it."""
    response = make.response(score or 0, "x", **how)
    Response.objects.filter(pk=response.pk).update(comment=comment, state=state)
    return response.invitation.get_absolute_url()


@pytest.mark.parametrize("comment", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_whatever_was_written(same, comment, language):
    html = same(said(3, comment, by=make.customer(language=language)))

    assert len(re.findall("<textarea", html)) == len(re.findall("</textarea>", html)) == 1


@pytest.mark.parametrize("query", QUERIES)
def test_whatever_the_link_says(same, query):
    same(make.invitation().get_absolute_url() + query)
    same(said(7, "Good") + query)


@pytest.mark.parametrize("score", range(11))
def test_whatever_was_chosen(same, score):
    same(said(score, ""))


@pytest.mark.parametrize("state", Response.State.values)
def test_whether_it_counts_or_not(same, state):
    same(said(7, "Good", state=state))


def test_each_browser_reads_its_language(same):
    form = make.survey(kind="feedback").get_absolute_url()

    pages = {same(f"{form}thanks/", **{"accept-language": code}) for code in ("ja", "en", "de")}

    assert len(pages) == 2


def test_surveys_of_other_kinds_and_with_words_of_their_own(same, monkeypatch):
    monkeypatch.setitem(kinds.KINDS, "stars", STARS)
    monkeypatch.setitem(default_wordings.STANDARD, "stars", {"en": {"question": "How many?"}})
    mine = make.survey()
    mine.wordings.all().delete()
    for survey in (make.survey(kind="stars"), make.survey(), mine):
        for language in ("ja", "en"):
            same(
                make.invitation(
                    about=survey, to=make.customer(language=language)
                ).get_absolute_url()
            )


def test_what_staff_revise_is_on_the_next_page_answered_or_not(same):
    survey = make.survey()
    page = make.invitation(about=survey).get_absolute_url()
    wording = survey.wordings.get(language="en")
    assert "How likely" in same(page)

    wording.revise(question="How do you <like> us?")
    assert "How do you &lt;like&gt; us?" in same(page)

    make.response(9, about=survey)
    wording.revise(question="And now?")
    assert "And now?" in same(page)
    assert survey.wordings.filter(language="en").count() == 2


@pytest.mark.parametrize("score", [0, 7, 10])
@pytest.mark.parametrize("news", [[], ["We <b>did</b> it", "直しました"]])
def test_thanks(same, monkeypatch, score, news):
    monkeypatch.setattr(views, "_good_news", lambda _language: news)
    answered = make.response(score)
    page = f"{answered.invitation.get_absolute_url()}thanks/"

    assert "Change the answer" in same(page)
    same(f"{page}?lang=ja&x=1")
    answered.survey.state = "closed"
    answered.survey.save()
    assert "Change the answer" not in same(page)


@pytest.mark.parametrize("page", ["form", "unsubscribe", "unsubscribed"])
def test_forms_and_unsubscribing(client, monkeypatch, page):
    monkeypatch.setattr("secrets.token_hex", lambda _bytes: "0123456789abcdef" * 2)
    customer = make.customer(language="ja", unsubscribed=page == "unsubscribed")
    form = make.survey(kind="feedback").get_absolute_url()
    address = form if page == "form" else customer.unsubscribe_path
    first, again = client.get(f"{address}?x=<"), client.get(f"{address}?x=<")
    with plainly(monkeypatch):
        plain = client.get(f"{address}?x=<")

    assert first.content == again.content == plain.content
    assert plain.templates
    assert not again.templates


def test_head_has_the_headers_of_get(client):
    page = make.invitation().get_absolute_url()

    assert client.head(page).headers.keys() == client.get(page).headers.keys()


def test_two_readers_have_their_own(client):
    one, other = said(3, "Mine alone"), said(4, "Yours alone")

    pages = [client.get(each).content.decode() for each in (one, other, one, other)]

    assert ["Mine alone" in page for page in pages] == [True, False, True, False]
    assert ["Yours alone" in page for page in pages] == [False, True, False, True]


def test_there_are_never_more_than_so_many(rf, monkeypatch):
    monkeypatch.setattr(ready_pages, "MOST_PAGES", 3)
    for number in range(10):
        page = render_ready(
            rf.get("/"), "400.html", lambda n=number: {"why": f"{n}"}, key=number, places={}
        )
        assert f"<p>{number}</p>" in page.content.decode()
        assert len(ready_pages._ready) <= 3
