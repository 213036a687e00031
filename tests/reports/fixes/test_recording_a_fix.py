"""Staff write down an improvement, and whose words asked for it."""

import pytest

from reports.fixes.record import add, record
from reports.models import Fix
from tests import make
from voc.models import Activity, Feedback

pytestmark = pytest.mark.django_db


def test_the_words_that_asked_for_it_are_now_planned():
    staff, slow, topic = make.staff(), make.feedback("Too slow"), make.topic("rust")

    changed = record(
        Fix(you_said_en="It is slow", we_did_en="It is fast"),
        topics=[topic],
        asked_in=Feedback.objects.all(),
        by=staff,
    )

    fix = Fix.objects.get()
    assert (fix.recorded_by, list(fix.topics.all())) == (staff, [topic])
    assert list(fix.feedback.all()) == [slow]
    assert (changed.changed, changed.skipped) == (1, 0)
    assert Activity.objects.get().by == staff


def test_more_feedback_can_join_a_fix():
    staff, fix = make.staff(), make.fix(make.feedback("Too slow"))
    late = make.feedback("Still slow")

    add(fix, asked_in=Feedback.objects.filter(pk=late.pk), by=staff)

    assert fix.feedback.count() == 2
    assert Feedback.objects.get(pk=late.pk).status == Feedback.Status.PLANNED


def test_adding_the_same_feedback_again_changes_nothing():
    staff, slow = make.staff(), make.feedback("Too slow")
    fix = make.fix(slow)

    changed = add(fix, asked_in=Feedback.objects.filter(pk=slow.pk), by=staff)

    assert fix.feedback.count() == 1
    assert (changed.changed, changed.skipped) == (0, 1)
