"""A new kind of survey is a row in the table and its standard words; nothing else."""

import re

import pytest
from django.utils import timezone

from surveys.invitations.send import send_due_invitations
from surveys.models import Response, Survey
from surveys.questions import default_wordings, kinds
from surveys.questions.kinds import SurveyKind
from surveys.responses import submit
from tests import make
from tests.surveys.admin.admin_client import act, messages, page_of

pytestmark = pytest.mark.django_db


CSAT = SurveyKind(
    key="csat",
    label="Satisfaction",
    scale=range(1, 6),
    mail="invitation",
    page="surveys/answer.html",
)
WORDS = {
    "question": "How satisfied are you with {company}?",
    "lowest_label": "Not at all",
    "highest_label": "Very",
    "follow_up": "Why?",
    "thanks": "Thanks for telling us.",
}


@pytest.fixture(autouse=True)
def in_the_table(monkeypatch):
    monkeypatch.setitem(kinds.KINDS, "csat", CSAT)
    monkeypatch.setitem(default_wordings.STANDARD, "csat", {"en": WORDS})


@pytest.fixture
def survey():
    return make.survey(name="Csat", kind="csat")


def pressed(client, survey, score):
    path = make.invitation(about=survey).get_absolute_url()
    return client.post(f"{path}?lang=en", {"score": score, "touched": "1"}, follow=True)


def test_it_has_its_standard_words(survey):
    wording = survey.wording("en")

    assert wording.question.startswith("How satisfied are you")
    assert (wording.follow_up_to(5), wording.thanks_for(1)) == ("Why?", "Thanks for telling us.")


def test_its_page_offers_the_scores_of_its_scale_and_asks_all_alike(client, survey):
    page = client.get(make.invitation(about=survey).get_absolute_url() + "?lang=en&score=7")

    html = page.content.decode()
    assert re.findall(r'type="radio" name="score" value="(\d)"', html) == [*"12345"]
    assert " checked" not in html
    assert re.findall(r'class="ask (\w+)"', html) == ["anyone"]
    assert ">1 = <" in html
    assert ">5 = <" in html


def test_a_score_on_the_scale_is_kept_and_thanked_for(client, survey):
    page = pressed(client, survey, 4)

    assert "Thanks for telling us." in page.content.decode()
    assert Response.objects.get().score == 4


@pytest.mark.parametrize("score", ["0", "6", "10"])
def test_a_score_off_the_scale_is_asked_for_again(client, survey, score):
    page = pressed(client, survey, score)

    assert page.context["form"].errors["score"] == [
        "That is not on the scale. Please choose a number from 1 to 5."
    ]
    assert not Response.objects.exists()


def test_its_mail_asks_with_its_scale(survey, mailoutbox):
    make.invitation(about=survey)

    send_due_invitations()

    (mail,) = mailoutbox
    html = mail.alternatives[0].content
    assert html.count("?score=") == 5
    assert 'width="20%"' in html
    assert "from 1 (Not at all) to 5 (Very)" in mail.body


def test_scores_of_different_kinds_are_never_added_up(survey):
    for score in (1, 4, 5):
        make.response(score, about=survey)
    make.response(9)

    def scores(kind):
        return sorted(Response.objects.scored(kind).values_list("score", flat=True))

    assert [scores(kind) for kind in (CSAT, kinds.NPS, kinds.FEEDBACK)] == [[1, 4, 5], [9], []]


def test_a_score_that_was_never_on_its_scale_is_not_counted(survey):
    response = make.response(5, about=survey)
    Response.objects.filter(pk=response.pk).update(score=9)

    assert not Response.objects.scored(CSAT).exists()


def test_staff_make_waves_of_it_and_see_the_words_it_needs(desk, survey):
    page = act(desk, "survey", "begin_a_new_wave", [survey])
    assert messages(page) == ["1 new wave begun."]
    assert "Satisfaction" in page.content.decode()

    html = desk.get(page_of("survey", "change", survey.pk)).content.decode()
    assert 'name="wordings-0-lowest_label"' in html
    assert "follow_up_promoters" not in html


def test_staff_see_its_score_with_its_scale_and_no_band(desk, survey):
    response = make.response(5, about=survey)

    assert "5/5" in desk.get(page_of("response")).content.decode()
    assert (response.band, str(response)) == (None, "5/5")


def test_what_its_customers_write_is_answered_through_a_survey(survey):
    response = make.response(5, "Well done", about=survey)

    said = response.feedback
    assert (said.channel, said.score, said.band) == ("survey", 5, None)


def test_it_has_no_public_page_and_takes_no_words_without_a_score(client, survey):
    assert client.get(survey.get_absolute_url()).status_code == 404
    with pytest.raises(submit.SurveyClosed):
        submit.say(survey, words="Hello", language="en", now=timezone.now())


def test_the_reports_leave_it_out(desk, survey):
    make.response(5, about=survey)

    page = desk.get("/reports/?lang=en")

    assert (page.context["report"], page.context["begun"]) == (None, False)
    assert [key for key, _name in page.context["form"].fields["survey"].choices] == [""]


def test_the_database_takes_it_without_a_migration():
    assert Survey._meta.get_field("kind").max_length >= len(CSAT.key)
