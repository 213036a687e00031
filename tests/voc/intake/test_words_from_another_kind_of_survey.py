"""Whatever a survey asks for, what people write in it is heard, and a 5 of 5 blames nobody."""

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Response, Survey
from surveys.questions import kinds
from surveys.responses.write_down import Before, write_down
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db


def words_from(kind, *, score=5, sentiment=None):
    response = make.response(score, "", about=(survey := make.survey()))
    Survey.objects.filter(pk=survey.pk).update(kind=kind)
    Response.objects.filter(pk=response.pk).update(comment="Well done")
    response = Response.objects.get(pk=response.pk)
    write_down(response, timezone.now(), before=Before.of(response))
    Feedback.objects.update(sentiment=sentiment)
    return Feedback.objects.get()


def test_they_become_feedback():
    said = words_from("riddle")

    assert (said.text, said.channel, said.score) == ("Well done", "survey", 5)


def test_words_from_any_kind_with_a_public_page_came_by_the_form(monkeypatch):
    ideas = kinds.SurveyKind("ideas", label="Ideas", public_page="surveys/form.html")
    monkeypatch.setitem(kinds.KINDS, "ideas", ideas)

    assert words_from("ideas").channel == "form"


@pytest.mark.parametrize("score", [1, 10])
def test_the_score_of_another_scale_disagrees_with_nothing(score):
    said = words_from("riddle", score=score, sentiment="positive" if score < 5 else "negative")

    assert not said.contradicts
    assert not Feedback.objects.contradicting().exists()


def test_the_desk_shows_the_score_without_a_band(desk):
    said = words_from("riddle")

    pages = [
        desk.get(reverse("admin:voc_feedback_changelist")),
        desk.get(reverse("admin:voc_feedback_change", args=[said.pk])),
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert not any("score is-detractor" in page.content.decode() for page in pages)


@pytest.mark.parametrize("band", ["promoter", "passive", "detractor"])
def test_it_is_found_in_no_band(desk, band):
    words_from("riddle")

    inbox = desk.get(reverse("admin:voc_feedback_changelist") + f"?band={band}")

    assert inbox.context["cl"].result_count == 0


def test_a_silent_answer_of_its_customer_is_shown_without_a_band(desk):
    said = words_from("riddle")
    silent = make.response(5, by=said.customer, about=(other := make.survey()))
    Survey.objects.filter(pk=other.pk).update(kind="riddle")

    page = desk.get(reverse("admin:voc_feedback_change", args=[said.pk]))

    assert silent.customer == said.customer
    assert ">5" in page.context["others"][0].score
    assert "is-detractor" not in page.content.decode()
