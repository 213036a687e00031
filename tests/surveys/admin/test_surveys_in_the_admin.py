"""Staff at the desk: surveys and their words."""

import re

import pytest

from surveys.models import Invitation, Survey
from tests import make
from tests.surveys.admin.admin_client import act, messages, page_of

pytestmark = pytest.mark.django_db


def new_survey(desk, **changed):
    said = {"name": "Yearly", "slug": "yearly", "kind": "nps", "state": "open", **changed}
    return desk.post(page_of("survey", "add"), said, follow=True)


def save_words(desk, survey, **changed):
    """As a browser would: every field of the newest wordings, some of them changed."""
    wordings = survey.wordings.newest().order_by("language")
    form = {"name": survey.name, "slug": survey.slug, "state": survey.state}
    form |= {"wordings-TOTAL_FORMS": len(wordings), "wordings-INITIAL_FORMS": len(wordings)}
    for n, wording in enumerate(wordings):
        fields = ["id", "survey", *(f.name for f in wording._meta.fields if f.editable)]
        form |= {f"wordings-{n}-{name}": wording.serializable_value(name) for name in fields}
        form |= {f"wordings-{n}-{name}": said for name, said in changed.items()}
    return desk.post(page_of("survey", "change", survey.pk), form, follow=True)


def test_a_new_survey_can_ask_in_both_languages_at_once(desk):
    page = new_survey(desk)

    survey = Survey.objects.get()
    assert {wording.language for wording in survey.wordings.all()} == {"ja", "en"}
    assert page.redirect_chain[-1][0] == page_of("survey", "change", survey.pk)
    assert "The standard words are filled in below." in messages(page)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_database_keeps_is_asked_for_again(desk, day):
    page = new_survey(desk, closes_at_0=day, closes_at_1="23:59")

    errors = page.context["adminform"].form.errors
    assert errors == {"closes_at": ["Please choose a day from 1900 to 2099."]}


def test_a_feedback_form_has_a_link_to_its_public_page(desk):
    new_survey(desk, kind="feedback", slug="voice")

    assert '<a href="/f/voice/"' in desk.get(page_of("survey")).content.decode()


def test_words_that_nobody_answered_are_simply_changed(desk):
    survey = make.survey()

    save_words(desk, survey, question="How was it?")

    assert [(w.version, w.question) for w in survey.wordings.all()] == [(1, "How was it?")] * 2


def test_words_that_were_answered_stay_and_new_ones_become_the_next_version(desk):
    response = make.response(9)
    before = response.wording.question

    save_words(desk, response.survey, question="How was it?")

    versions = response.survey.wordings.filter(language="en")
    assert [(w.version, w.question) for w in versions] == [(2, "How was it?"), (1, before)]
    response.refresh_from_db()
    assert response.wording.question == before


def test_earlier_words_can_be_read_and_not_written(desk):
    response = make.response(9)
    before = response.wording.question
    save_words(desk, response.survey, question="How was it?")

    page = desk.get(page_of("survey", "change", response.survey.pk)).content.decode()

    assert before in page
    assert not re.search(rf"<(input|textarea)[^>]*{re.escape(before)}", page)


def test_what_a_survey_asks_for_is_settled_when_it_is_made(desk):
    survey = make.survey()

    save_words(desk, survey, kind="feedback")

    survey.refresh_from_db()
    assert survey.kind == "nps"


def test_a_new_wave_is_begun_for_scored_surveys_only(desk):
    nps, form = make.survey(), make.survey(kind="feedback")

    page = act(desk, "survey", "begin_a_new_wave", [nps, form])

    assert messages(page) == ["1 new wave begun."]
    assert (nps.waves.count(), form.waves.count()) == (1, 0)


def test_the_list_counts_who_was_asked_and_who_answered(desk):
    response = make.response(9)
    Invitation.objects.update(outcome="sent")
    make.invitation(about=response.survey)

    (row,) = desk.get(page_of("survey")).context["cl"].result_list

    assert (row.asked, row.answered) == (1, 1)


@pytest.mark.parametrize(
    "field",
    ["{name}", "{{ customer.name }}", "{% if name %}", "%(name)s", "${name}", "｛お名前｝",
     "[Name]", "【お名前】", "*|FNAME|*", "%FIRSTNAME%", "<<Name>>", "[[name]]", "{0}"],
)  # fmt: skip
@pytest.mark.parametrize("where", ["question", "thanks"])
def test_a_place_for_a_name_is_refused_with_a_sentence(desk, field, where):
    survey = make.survey()
    before = survey.wording("en").question

    page = save_words(desk, survey, **{where: f"How was it, {field}?"}).content.decode()

    assert page.count("nothing is filled in here for each of them") == 2
    assert survey.saved_wording("en").question == before


@pytest.mark.parametrize(
    "words", ["100% (really)?", "[important] How was it?", "5 < 6 > 4", "【重要】(笑) 100%", "# 1"]
)
def test_other_brackets_are_words_like_any(desk, words):
    survey = make.survey()

    save_words(desk, survey, question=words)

    assert survey.saved_wording("en").question == words
