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


def test_words_that_came_with_the_score_belong_to_its_case():
    response = make.response(2, "Too slow")

    case, _new = opened(response=response)

    assert [item.text for item in case.feedback.all()] == ["Too slow"]


def test_whoever_hands_over_says_what_was_done():
    case, _new = opened(response=make.response(2))
    mei = make.staff()

    workflow.assign(all_cases(), to=mei, by=None, now=timezone.now(), reason="I rang twice")

    assert case.activities.get(what="assign").reason == "I rang twice"


def test_duplicates_of_one_customer_are_merged_and_taken_apart_as_they_were():
    customer = make.customer()
    kept, _new = opened(feedback=make.feedback("Too slow", by=customer))
    other, _new = opened(feedback=make.feedback("Still too slow", by=customer))

    assert workflow.merge(all_cases(), into=kept, by=None, now=timezone.now()) == Result(1, 1)
    other.refresh_from_db()
    assert (other.state, other.closed_because, other.merged_into) == ("closed", "duplicate", kept)

    assert workflow.unmerge(all_cases(), by=None, now=timezone.now()) == Result(1, 1)
    other.refresh_from_db()
    assert (other.state, other.merged_into) == ("open", None)
    assert [item.text for item in other.feedback.all()] == ["Still too slow"]


def test_what_was_merged_before_stands_in_the_last_one():
    customer = make.customer()
    first, second, third = (
        opened(feedback=make.feedback(words, by=customer))[0] for words in ("1", "2", "3")
    )
    for case, into in [(first, second), (second, third)]:
        these = all_cases().filter(pk=case.pk)
        workflow.merge(these, into=into, by=None, now=timezone.now())

    first.refresh_from_db()
    assert first.merged_into == third


def test_cases_of_two_customers_are_never_merged():
    kept, _new = opened(feedback=make.feedback(by=make.customer()))
    opened(feedback=make.feedback(by=make.customer()))

    assert workflow.merge(all_cases(), into=kept, by=None, now=timezone.now()) == Result(0, 2)


def test_an_answer_to_a_merged_case_opens_the_one_it_stands_in():
    customer = make.customer()
    kept, _new = opened(feedback=make.feedback(by=customer))
    other, _new = opened(feedback=make.feedback(by=customer))
    now, these = timezone.now(), all_cases().filter(pk=other.pk)
    workflow.merge(these, into=kept, by=None, now=now)
    workflow.close(all_cases().filter(pk=kept.pk), because="solved", by=None, now=now)

    assert workflow.reopen(these, by=None, now=now, reason="answered") == Result(1, 0)

    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.state, other.state) == ("open", "closed")


def test_a_due_time_is_set_and_written_down():
    case, _new = opened(response=make.response(2))
    due = timezone.now()

    workflow.set_due(all_cases(), due_at=due, by=None, now=timezone.now())

    case.refresh_from_db()
    assert case.due_at == due
    assert case.is_overdue(timezone.now())
    assert case.activities.filter(what="due").count() == 1


def test_a_case_whose_owner_has_left_has_no_owner():
    mei = make.staff()
    opened(response=make.response(2), owner=mei)
    assert not all_cases().unassigned()

    mei.is_active = False
    mei.save()

    assert all_cases().unassigned().count() == 1
