"""Workers claim rows of a work list. Feedback to analyze stands for every such list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from lib.claims import LEASE
from tests import make
from voc.models import Feedback

NOW = timezone.now()


def claim(at=NOW, size=10):
    return Feedback.objects.claim(at, size)


def fail_once(*rows):
    Feedback.objects.filter(pk__in=[row.pk for row in rows]).update(attempts=1)


def test_an_attempt_is_counted_before_the_work(db):
    make.feedback()

    (mine,) = claim()

    assert (mine.attempts, mine.claimed_until) == (1, NOW + LEASE)
    assert Feedback.objects.get().attempts == 1


def test_a_lease_runs_out_after_a_minute(db):
    item = make.feedback()
    claim()

    assert claim(NOW + timedelta(seconds=59)) == []
    assert claim(NOW + timedelta(seconds=60)) == [item]


def test_two_workers_never_take_the_same_rows(db):
    for _ in range(4):
        make.feedback()

    first, second = claim(size=2), claim(size=2)

    assert len({item.pk for item in first + second}) == 4


def test_what_failed_before_is_taken_alone_and_after_what_is_new(db):
    failed, too, fresh = make.feedback(), make.feedback(), make.feedback()
    fail_once(failed, too)

    assert [claim(), claim(), claim(), claim()] == [[fresh], [failed], [too], []]


def test_what_was_tried_too_often_is_set_aside(db):
    item = make.feedback()
    for attempt in range(Feedback.MOST_ATTEMPTS):
        assert claim(NOW + attempt * LEASE) == [item]

    assert claim(NOW + Feedback.MOST_ATTEMPTS * LEASE) == []
    assert list(Feedback.objects.set_aside()) == [item]
    assert Feedback.objects.get().is_set_aside


def test_who_has_done_the_work_gives_the_row_back(db):
    item = make.feedback()
    (mine,) = claim()

    mine.release()
    mine.save()

    assert claim() == [item]


@pytest.mark.parametrize("rows", [1, 20, 200])
def test_a_claim_is_one_statement_however_many_it_takes(db, rows, django_assert_num_queries):
    for _ in range(rows):
        make.feedback()

    # With the two of a savepoint; SQLite takes three steps.
    with django_assert_num_queries(3 if connection.vendor == "postgresql" else 5):
        assert len(claim(size=rows)) == rows


@pytest.mark.parametrize("attempts", [[0, 1, 0, 2, 5, 0], [1, 2, 5], [5], []])
def test_naming_the_fields_one_asks_for_claims_the_same_rows(db, attempts):
    """PostgreSQL then takes one statement: it leaves every row as the plain steps leave it."""
    for number in attempts:
        make.feedback()
        Feedback.objects.filter(pk=Feedback.objects.latest("pk").pk).update(attempts=number)
    taken = make.feedback()
    Feedback.objects.filter(pk=taken.pk).update(claimed_until=NOW + LEASE)
    before = list(Feedback.objects.order_by("pk"))
    waiting = Feedback.objects.to_analyze().order_by("attempts", "pk")

    plain = Feedback.objects.lease(waiting, NOW, 2)
    after_plain_steps = rows()
    Feedback.objects.bulk_update(before, ["attempts", "claimed_until"])
    at_once = Feedback.objects.lease(waiting, NOW, 2, only=["text"])

    assert rows() == after_plain_steps
    assert {item.pk: item.text for item in at_once} == {item.pk: item.text for item in plain}


def rows():
    return list(Feedback.objects.order_by("pk").values())
