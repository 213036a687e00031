"""Who takes it, what becomes of it: allowed moves move, others are left alone and counted."""

import pytest

from tests import make
from voc.models import Feedback
from voc.triage import workflow
from voc.triage.workflow import Result

pytestmark = pytest.mark.django_db

STATUSES = ["new", "taken", "planned", "done", "dismissed"]


def everything():
    return Feedback.objects.all()


def one_of_each():
    for status in STATUSES:
        made = make.feedback()
        Feedback.objects.filter(pk=made.pk).update(status=status)


def after(verb, **options):
    """What became of one item in each status."""
    one_of_each()
    changed = verb(everything(), by=make.staff(), **options)
    return changed, list(everything().order_by("pk").values_list("status", flat=True))


def test_new_and_taken_ones_may_be_taken():
    assert after(workflow.take) == (
        Result(2, 3),
        ["taken", "taken", "planned", "done", "dismissed"],
    )


def test_whatever_is_not_closed_may_be_given_to_someone():
    someone = make.staff()

    assert after(workflow.assign, to=someone) == (
        Result(3, 2),
        ["taken", "taken", "planned", "done", "dismissed"],
    )
    assert everything().filter(owner=someone).count() == 3


def test_open_ones_may_be_dismissed():
    assert after(workflow.dismiss, reason="spam") == (
        Result(2, 3),
        ["dismissed", "dismissed", "planned", "done", "dismissed"],
    )


def test_closed_ones_may_be_opened_again():
    assert after(workflow.reopen) == (Result(3, 2), ["new", "taken", "new", "new", "new"])


def test_a_fix_is_planned_for_all_that_have_none():
    assert after(workflow.plan) == (
        Result(3, 2),
        ["planned", "planned", "planned", "done", "planned"],
    )


def test_a_shipped_fix_finishes_all_but_what_was_dismissed():
    assert after(workflow.finish) == (Result(3, 2), ["done", "done", "done", "done", "dismissed"])


def test_whoever_takes_it_owns_it():
    make.feedback()
    someone, other = make.staff(), make.staff()

    workflow.take(everything(), by=someone)
    workflow.take(everything(), by=other)

    assert everything().get().owner == other


def test_to_take_what_is_mine_is_no_move():
    make.feedback()
    someone = make.staff()
    workflow.take(everything(), by=someone)

    assert workflow.take(everything(), by=someone) == Result(0, 1)


def test_what_is_opened_again_is_nobodys():
    make.feedback()
    someone = make.staff()
    workflow.take(everything(), by=someone)
    workflow.dismiss(everything(), reason="spam", by=someone)

    workflow.reopen(everything(), by=someone)

    assert (everything().get().status, everything().get().owner) == ("new", None)


def test_each_move_is_written_down():
    feedback = make.feedback()
    someone, other = make.staff(name="sato"), make.staff(name="tanaka")

    workflow.assign(everything(), to=other, by=someone)
    workflow.dismiss(everything(), reason="said twice", by=other)

    activities = feedback.activities.order_by("pk").values_list(
        "by", "what", "before", "after", "reason"
    )
    assert list(activities) == [
        (someone.pk, "assign", "new", "tanaka", ""),
        (other.pk, "dismiss", "taken", "dismissed", "said twice"),
    ]


def test_the_machine_may_finish_without_a_person():
    feedback = make.feedback()

    workflow.finish(everything(), by=None)

    assert feedback.activities.get().by is None


def test_a_filtered_list_with_joins_can_be_moved():
    feedback = make.feedback()
    feedback.tags.create(topic=make.topic("gizmos"))
    found = everything().filter(tags__topic__key="gizmos").distinct().order_by("-received_at")

    assert workflow.take(found, by=make.staff()) == Result(1, 0)


def test_many_move_with_few_statements(django_assert_max_num_queries):
    for _ in range(30):
        make.feedback()
    someone = make.staff()

    with django_assert_max_num_queries(6):
        workflow.take(everything(), by=someone)
