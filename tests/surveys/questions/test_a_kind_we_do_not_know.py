"""A survey of a kind that another version of Todoku made: it waits, and spoils nothing."""

import pytest
from django.utils import timezone

from surveys.invitations.send import send_due_invitations
from surveys.models import Response, Survey
from surveys.responses import submit
from tests import make
from tests.surveys.admin.admin_client import act, messages, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def strange():
    """It was an ordinary survey, was answered, and then became a riddle."""
    survey = make.survey(name="Riddle")
    make.response(5, "Riddles are fun", about=survey)
    Survey.objects.filter(pk=survey.pk).update(kind="riddle")
    survey.refresh_from_db()
    return survey


def answer_to(survey, **said):
    asked = make.invitation(about=survey)
    return submit.answer(asked, score=5, language="en", now=timezone.now(), **said)


def test_its_link_takes_no_answers_and_says_so(client, strange):
    path = make.invitation(about=strange).get_absolute_url()

    pages = [client.get(path), client.post(path, {"score": 5, "comment": "!", "touched": "1"})]

    assert [page.status_code for page in pages] == [410, 410]
    assert 'type="radio"' not in pages[0].content.decode()
    assert Response.objects.count() == 1


def test_those_who_answered_before_are_thanked(client, strange):
    page = client.get(Response.objects.get().invitation.get_absolute_url() + "thanks/")

    assert page.status_code == 200
    assert "Change the answer" not in page.content.decode()


def test_it_has_no_public_page(client, strange):
    assert client.get(strange.get_absolute_url()).status_code == 404


def test_nobody_answers_it_by_another_way(strange):
    with pytest.raises(submit.SurveyClosed):
        answer_to(strange)
    with pytest.raises(submit.SurveyClosed):
        submit.say(strange, words="Hello", language="en", now=timezone.now())


def test_its_invitations_wait_for_the_version_that_knows_it(strange, mailoutbox):
    invitation = make.invitation(about=strange)
    make.invitation()

    send_due_invitations()

    invitation.refresh_from_db()
    assert (invitation.outcome, invitation.attempts, invitation.handed_at) == (None, 0, None)
    assert len(mailoutbox) == 1
    assert mailoutbox[0].to != [invitation.customer.email]


def test_staff_see_it_under_the_name_it_has(desk, strange):
    page = desk.get(page_of("survey"))

    (row,) = page.context["cl"].result_list
    assert row == strange
    assert "riddle" in page.content.decode()


def test_staff_can_open_and_rename_it_and_no_words_are_made_up_for_it(desk, strange):
    strange.wordings.filter(language="ja").delete()
    form = {"name": "What is it?", "slug": strange.slug, "state": "open"}
    words = {"wordings-TOTAL_FORMS": 0, "wordings-INITIAL_FORMS": 0}
    page = page_of("survey", "change", strange.pk)
    assert desk.get(page).status_code == 200

    desk.post(page, form | words)

    strange.refresh_from_db()
    assert (strange.name, strange.kind) == ("What is it?", "riddle")
    assert set(strange.wordings.values_list("language", flat=True)) == {"en"}


def test_nobody_is_invited_to_it(desk, strange):
    page = act(desk, "survey", "begin_a_new_wave", [strange])

    assert messages(page) == ["0 new waves begun."]
    assert strange.waves.count() == 1


@pytest.mark.parametrize("page", ["changelist", "change", "history"])
def test_its_answers_are_shown_without_a_band(desk, strange, page):
    response = Response.objects.get()
    where = page_of("response", page, *([] if page == "changelist" else [response.pk]))

    html = desk.get(where).content.decode()

    assert "5 · " not in html


@pytest.mark.parametrize("band", ["promoter", "passive", "detractor"])
def test_its_answers_are_in_no_band(desk, strange, band):
    assert desk.get(page_of("response") + f"?band={band}").context["cl"].result_count == 0
