"""Customers may change their mind until the survey closes; what they said before is remembered."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from surveys.models import Response, Survey
from surveys.responses import submit
from surveys.responses.asked import look
from surveys.responses.bot_detection import PERSON, HumanSigns
from tests import make

pytestmark = pytest.mark.django_db

A_PERSON = {"touched": "1", "scripted": "1"}


def test_the_page_shows_what_was_answered_before(client):
    answered = make.response(3, "Too slow")

    page = client.get(answered.invitation.get_absolute_url())

    assert shown_on(page) == (["3"], "Too slow")


def test_another_score_link_changes_the_choice_and_keeps_the_words(client):
    answered = make.response(3, "Too slow")

    page = client.get(answered.invitation.get_absolute_url(), {"score": "8"})

    assert shown_on(page) == (["8"], "Too slow")


def test_a_broken_score_link_keeps_the_choice(client):
    answered = make.response(3, "Too slow")

    page = client.get(answered.invitation.get_absolute_url(), {"score": "abc"})

    assert shown_on(page) == (["3"], "Too slow")


def test_the_last_answer_counts_and_the_first_is_remembered(client, clock):
    answered = make.response(3, "Too slow", at=clock.now)
    first_said_at = clock.now
    clock.wait(hours=1)

    client.post(
        answered.invitation.get_absolute_url(),
        {"score": 8, "comment": "Faster now", **A_PERSON},
    )

    response = Response.objects.get()
    assert (response.score, response.comment, response.state) == (8, "Faster now", "counted")
    assert (response.answered_at, response.changed_at) == (first_said_at, clock.now)
    assert list(response.history.values_list("score", "comment", "history_date")) == [
        (8, "Faster now", clock.now),
        (3, "Too slow", first_said_at),
    ]


def test_the_same_answer_twice_is_one_answer(client):
    url = make.invitation().get_absolute_url()

    for _twice in range(2):
        client.post(url, {"score": 8, "comment": "Good", **A_PERSON})

    assert Response.objects.get().history.count() == 1


def test_a_survey_that_has_closed_takes_no_answer_and_says_what_to_do(client):
    invitation = make.invitation(about=make.survey(state="closed"))

    for page in [
        client.get(invitation.get_absolute_url(), {"score": "9"}),
        client.post(invitation.get_absolute_url(), {"score": "9", **A_PERSON}),
    ]:
        assert page.status_code == 410
        assert "nothing you write here would reach us" in page.content.decode()
    assert not Response.objects.exists()


def test_a_survey_that_closes_while_the_customer_writes_takes_no_answer(client, clock):
    invitation = make.invitation(about=make.survey())
    client.get(invitation.get_absolute_url())
    survey = invitation.wave.survey
    survey.closes_at = clock.now + timedelta(seconds=1)
    survey.save()
    clock.wait(seconds=1)

    page = client.post(invitation.get_absolute_url(), {"score": "9", **A_PERSON})

    assert (page.status_code, Response.objects.count()) == (410, 0)


def test_thanks_offer_no_change_once_the_survey_has_closed(client):
    answered = make.response(9)
    answered.survey.state = "closed"
    answered.survey.save()

    page = client.get(f"{answered.invitation.get_absolute_url()}thanks/")

    assert (page.status_code, "Change the answer" in page.content.decode()) == (200, False)


@pytest.mark.django_db(transaction=True)
def test_what_staff_decide_at_the_same_moment_stands():
    answered = make.response(3, "Too slow")
    decided = Event()

    def take_it_out():
        try:
            with transaction.atomic():
                submit.exclude(answered, now=timezone.now())
                decided.set()
                time.sleep(0.3)
        finally:
            connection.close()

    with ThreadPoolExecutor() as staff:
        done = staff.submit(take_it_out)
        decided.wait()
        submit.answer(answered.invitation, score=9, language="en", now=timezone.now())
        done.result()

    answered.refresh_from_db()
    assert (answered.score, answered.state, answered.why_excluded) == (9, "excluded", "staff")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [None, 3])
def test_what_waits_for_another_post_sees_what_came_of_it(before):
    """On PostgreSQL a statement sees what there was when it began, however long it has to wait."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    invitation = make.response(before, at=an_hour_ago).invitation if before else make.invitation()
    first_has_begun = Event()

    def press(score, comment):
        try:
            with transaction.atomic():
                submit.answer(
                    invitation, score=score, comment=comment, language="en", now=timezone.now()
                )
                first_has_begun.set()
                time.sleep(0.3)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as first:
        done = first.submit(press, 8, "One")
        first_has_begun.wait()
        submit.answer(invitation, score=9, comment="Two", language="en", now=timezone.now())
        done.result()

    response = Response.objects.get(invitation=invitation)
    assert (response.score, response.comment, response.feedback.text) == (9, "Two", "Two")
    scores = list(response.history.order_by("pk").values_list("score", "history_type"))
    assert [score for score, _type in scores] == [*([3] if before else []), 8, 9]
    assert [kind for _score, kind in scores] == ["+", *"~~"[: len(scores) - 1]]


@pytest.mark.django_db(transaction=True)
def test_a_scanner_that_waited_does_not_replace_a_person():
    invitation = make.invitation()
    first_has_begun = Event()

    def press():
        try:
            with transaction.atomic():
                submit.answer(invitation, score=8, language="en", now=timezone.now())
                first_has_begun.set()
                time.sleep(0.3)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as person:
        done = person.submit(press)
        first_has_begun.wait()
        robot = HumanSigns(scripted=True)
        submit.answer(invitation, score=0, language="en", now=timezone.now(), signs=robot)
        done.result()

    response = Response.objects.get(invitation=invitation)
    assert (response.score, response.state, response.history.count()) == (8, "counted", 1)


def test_whoever_was_overtaken_while_the_survey_closed_changes_nothing():
    invitation, now = make.invitation(), timezone.now()
    asked = look(invitation.pk, chosen="en", browser="en")
    submit.answer(invitation, score=8, language="en", now=now)
    Survey.objects.update(state="closed")

    with pytest.raises(submit.SurveyClosed):
        submit.take(asked, score=9, comment="Late", now=now, signs=PERSON)

    response = Response.objects.get()
    assert (response.score, response.comment, response.history.count()) == (8, "", 1)


def test_what_cannot_be_kept_any_more_is_given_back(client, monkeypatch):
    def close(*_args, **_more):
        raise submit.SurveyClosed

    monkeypatch.setattr(submit, "take", close)
    form = {"score": "9", "comment": "Too slow", "touched": "1"}

    page = client.post(make.invitation().get_absolute_url(), form)

    assert (page.status_code, "Too slow" in page.content.decode()) == (410, True)


def shown_on(page):
    html = page.content.decode()
    chosen = re.findall(r'name="score" value="(\d+)"[^>]* checked', html)
    return chosen, re.search(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.DOTALL)[1]
