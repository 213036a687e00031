"""A case is about a customer's answer, with or without words; it moves by verbs, written down."""

import pytest
from django.utils import timezone

from tests import make
from voc.cases import workflow
from voc.cases.workflow import Result
from voc.models import Case, Feedback

pytestmark = pytest.mark.django_db


def all_cases():
    return Case.objects.all()


def opened(**about):
    return workflow.open_case(now=timezone.now(), **about)


def steps(case):
    return [(each.what, each.before, each.after) for each in case.activities.order_by("pk")]


def test_a_score_without_words_can_have_a_case():
    response = make.response(2)

    case, is_new = opened(response=response)

    assert (is_new, case.response, case.customer) == (True, response, response.customer)
    assert steps(case) == [("open", "", "")]


def test_an_answer_has_one_case_however_often_it_is_opened():
    feedback = make.feedback("Too slow")
    first, _new = opened(feedback=feedback)

    again, is_new = opened(feedback=Feedback.objects.get(pk=feedback.pk))

    assert (again, is_new) == (first, False)
    assert all_cases().count() == 1


def test_words_that_follow_the_score_join_its_case():
    response = make.response(2)
    case, _new = opened(response=response)
    feedback = make.feedback("Too slow")
    feedback.response = response

    assert opened(feedback=feedback) == (case, False)

    assert list(case.feedback.all()) == [feedback]


def test_who_looks_after_it_is_written_down_from_whom_to_whom():
    case, _new = opened(response=make.response(2))
    mei, ken = make.staff(), make.staff()

    workflow.assign(all_cases(), to=mei, by=ken, now=timezone.now())
    workflow.assign(all_cases(), to=ken, by=mei, now=timezone.now())

    names = [mei.get_username(), ken.get_username()]
    assert steps(case)[1:] == [("assign", "", names[0]), ("assign", *names)]


def test_a_closed_case_says_when_and_why_and_opens_again():
    case, _new = opened(response=make.response(2))
    now = timezone.now()

    workflow.close(all_cases(), because=Case.Because.SOLVED, by=None, now=now)
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.closed_because) == ("closed", now, "solved")

    assert workflow.reopen(all_cases(), by=None, now=now) == Result(1, 0)
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.closed_because) == ("open", None, "")


def test_a_move_that_is_not_theirs_leaves_cases_alone():
    case, _new = opened(response=make.response(2))
    workflow.close(all_cases(), because=Case.Because.SOLVED, by=None, now=timezone.now())

    assert workflow.wait(all_cases(), by=None, now=timezone.now()) == Result(0, 1)
    assert len(steps(case)) == 2


def test_a_case_of_nothing_is_refused():
    with pytest.raises(ValueError, match="about a response or about feedback"):
        opened()
