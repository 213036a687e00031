"""Staff may revise a question while somebody is answering it: an answer keeps what it answers."""

import re

import pytest

from surveys.models import Response
from tests import make

pytestmark = pytest.mark.django_db

A_PERSON = {"touched": "1", "scripted": "1"}


@pytest.fixture
def survey():
    """Answered before, so that a revision is a new version."""
    return make.response(9).survey


@pytest.fixture
def invitation(survey):
    return make.invitation(about=survey)


def test_an_answer_keeps_the_question_its_page_showed(client, survey, invitation):
    url = invitation.get_absolute_url()
    shown = wording_on(client.get(url))
    revise(survey, "How do you like us?")

    client.post(url, {"score": 7, "wording": shown, **A_PERSON})

    assert said(invitation).question != "How do you like us?"
    assert said(invitation).version == 1


def test_one_more_press_is_for_the_same_question(client, survey, invitation):
    url = invitation.get_absolute_url()
    shown = wording_on(client.get(url))
    revise(survey, "How do you like us?")

    page = client.post(url, {"score": 7, "wording": shown})

    assert page.templates[0].name == "surveys/again.html"
    assert (wording_on(page), page.context["wording"].version) == (shown, 1)


def test_a_page_sent_back_with_a_fault_keeps_its_question(client, survey, invitation):
    url = invitation.get_absolute_url()
    shown = wording_on(client.get(url))
    revise(survey, "How do you like us?")

    page = client.post(url, {"score": "", "wording": shown, **A_PERSON})

    assert (page.status_code, wording_on(page)) == (422, shown)
    assert page.context["wording"].version == 1


def test_who_answers_again_answers_the_question_of_that_day(client, survey, invitation):
    url = invitation.get_absolute_url()
    client.post(url, {"score": 7, "wording": wording_on(client.get(url)), **A_PERSON})
    revise(survey, "How do you like us?")

    client.post(f"{url}?lang=en", {"score": 4, "wording": wording_on(client.get(url)), **A_PERSON})

    assert said(invitation).question == "How do you like us?"
    versions = invitation.response.history.order_by("pk").values_list("wording__version", flat=True)
    assert list(versions) == [1, 2]


@pytest.mark.parametrize("claim", ["", "0", "-1", "x", "９", "9" * 400, "1.5"])
def test_a_wording_that_is_none_of_ours_is_the_newest(client, survey, invitation, claim):
    newest = revise(survey, "How do you like us?")

    client.post(invitation.get_absolute_url(), {"score": 7, "wording": claim, **A_PERSON})

    assert said(invitation) == newest


def test_a_wording_of_another_survey_is_none_of_ours(client, survey, invitation):
    newest = revise(survey, "How do you like us?")
    others = make.survey().wordings.get(language="en")

    client.post(invitation.get_absolute_url(), {"score": 7, "wording": others.pk, **A_PERSON})

    assert said(invitation) == newest


def test_words_in_a_form_keep_its_question_too(client):
    form = make.survey(kind="feedback")
    url = f"{form.get_absolute_url()}?lang=en"
    client.post(url, {"words": "One"})
    shown = wording_on(client.get(url))
    revise(form, "What is missing?")

    client.post(url, {"words": "Two", "wording": shown})
    client.post(url, {"words": "Three", "wording": wording_on(client.get(url))})

    answers = Response.objects.order_by("pk")
    assert [(r.comment, r.wording.version) for r in answers] == [
        ("One", 1),
        ("Two", 1),
        ("Three", 2),
    ]


def test_standard_words_that_nobody_saved_are_no_version(client, invitation):
    bare = make.invitation()
    bare.wave.survey.wordings.all().delete()

    page = client.get(bare.get_absolute_url())
    client.post(bare.get_absolute_url(), {"score": 7, "wording": wording_on(page), **A_PERSON})

    assert (wording_on(page), said(bare)) == ("", None)


def revise(survey, question):
    return survey.wordings.newest().get(language="en").revise(question=question)


def said(invitation):
    return Response.objects.get(invitation=invitation).wording


def wording_on(page):
    return re.search(r'name="wording" value="(\d*)"', page.content.decode())[1]
