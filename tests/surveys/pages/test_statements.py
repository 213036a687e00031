"""How many statements a page costs, the two of a transaction included, where there is one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.models import Response
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

A_PERSON = {"touched": "1", "scripted": "1"}


@pytest.fixture
def costs(client):
    """Asks or posts, and tells what was said to the database; a first visitor was there before."""
    one, other = (make.invitation().get_absolute_url() for _two in range(2))
    for page, score, comment in ((one, 9, "Good"), (one, 3, "Bad"), (one, 3, ""), (other, 3, "")):
        client.get(page)
        client.post(page, {"score": score, "comment": comment, **A_PERSON})
        client.get(f"{page}thanks/")

    def ask(address, form=None):
        with CaptureQueriesContext(connection) as said:
            page = client.get(address) if form is None else client.post(address, form)
        assert page.status_code in (200, 303)
        return [each["sql"] for each in said.captured_queries]

    return ask


def of_one_engine(postgresql, sqlite):
    return postgresql if connection.vendor == "postgresql" else sqlite


def test_the_question_costs_one(costs):
    assert len(costs(make.invitation().get_absolute_url())) == 1
    assert len(costs(make.response(9, "Good").invitation.get_absolute_url())) == 1


@pytest.mark.parametrize(("comment", "sqlite"), [("", 6), ("Too slow", 6)])
def test_a_new_answer_costs_two(costs, comment, sqlite):
    page = make.invitation().get_absolute_url()

    statements = costs(page, {"score": 9, "comment": comment, **A_PERSON})

    assert len(statements) == of_one_engine(2, sqlite)
    assert Response.objects.filter(comment=comment, state="counted").exists()


@pytest.mark.parametrize(("comment", "sqlite"), [("", 6), ("Good", 8), ("Bad", 8)])
def test_a_changed_answer_costs_two(costs, comment, sqlite, clock):
    page = make.response(9, "Good", at=clock.now).invitation.get_absolute_url()
    clock.wait(minutes=1)

    statements = costs(page, {"score": 3, "comment": comment, **A_PERSON})

    assert len(statements) == of_one_engine(2, sqlite)


def test_within_seconds_the_scores_so_far_are_looked_at_too(costs, clock):
    page = make.response(9, at=clock.now).invitation.get_absolute_url()
    clock.wait(seconds=3)

    assert len(costs(page, {"score": 3, **A_PERSON})) == of_one_engine(3, 7)


def test_the_same_answer_again_costs_one(costs, clock):
    page = make.response(9, "Good", at=clock.now).invitation.get_absolute_url()
    clock.wait(minutes=1)

    assert len(costs(page, {"score": 9, "comment": "Good", **A_PERSON})) == 1


def test_thanks_cost_one_and_now_and_then_one_more_for_the_news(costs):
    page = f"{make.response(9).invitation.get_absolute_url()}thanks/"

    assert len(costs(page)) == 1


def test_a_fault_costs_one(client, costs):
    page = make.invitation().get_absolute_url()

    with CaptureQueriesContext(connection) as said:
        assert client.post(page, {"score": "x"}).status_code == 422
    assert len(said) == 1


def test_a_form_costs_two_and_its_thanks_as_many(costs):
    form = make.survey(kind="feedback").get_absolute_url()

    assert len(costs(form)) == 2
    assert len(costs(f"{form}thanks/?lang=en")) == 2


def test_words_in_a_form_cost_ten(costs):
    form = make.survey(kind="feedback").get_absolute_url()

    statements = costs(form, {"words": "Too slow", "form_key": "0" * 32})

    assert len(statements) == of_one_engine(10, 12)


def test_unsubscribing_costs_one_to_ask_and_two_to_do(costs):
    page = make.customer().unsubscribe_path

    assert len(costs(page)) == 1
    assert len(costs(page, {"List-Unsubscribe": "One-Click"})) == 2
