"""Forms of answers share their fields, and nothing that was said in one of them."""

import pytest
from django.urls import reverse
from django.utils import translation

from surveys.pages.forms import AnswerForm
from surveys.responses.asked import look
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def form(**said):
    return AnswerForm(said, asked=look(make.invitation().pk, chosen="en", browser="en"))


def test_what_is_wrong_in_one_is_not_wrong_in_another():
    wrong, right = form(score="11", comment="x" * 10_001), form(score="7", comment="Good")

    assert [*wrong.errors] == ["score", "comment"]
    assert (right.errors, right.cleaned_data) == ({}, {"score": 7, "comment": "Good"})


@pytest.mark.parametrize("score", ["-1", "11", "07", " 7", "７", "7.0", "x"])
def test_a_score_stands_as_it_does_on_the_scale(score):
    assert form(score=score).errors == {
        "score": ["That is not on the scale. Please choose a number from 0 to 10."]
    }


@pytest.mark.parametrize("said", [{}, {"score": ""}])
def test_a_score_has_to_be_chosen(said):
    assert form(**said).errors == {"score": ["Please choose a number from 0 to 10."]}


def test_an_answer_is_thanked_where_thanks_are(client):
    invitation = make.invitation()

    page = client.post(invitation.get_absolute_url(), {"score": "7", "touched": "1"})

    thanks = reverse("surveys:thanks", args=[invitation.token])
    assert page.headers["Location"] == f"{thanks}?lang={page.headers['Content-Language']}"
