"""A fix ships once: everyone who asked for it gets one notice, and their words are done."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.fixes import record
from reports.fixes.ship import NotShippable, ship, tell_newcomers
from reports.models import Fix, Notice
from tests import make
from voc.models import Feedback
from voc.triage import workflow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def ship_it(fix):
    return ship(fix, by=make.staff(), now=timezone.now())


def test_everyone_who_asked_for_it_gets_a_notice():
    hanako, bob = make.customer(language="ja"), make.customer()
    fix = make.fix(make.feedback("遅い", by=hanako), make.feedback("Slow", by=bob))

    told = ship_it(fix)

    assert told == 2
    assert {notice.customer for notice in Notice.objects.all()} == {hanako, bob}


def test_it_is_shipped_and_the_words_are_done():
    fix = make.fix(make.feedback("Slow"))

    ship_it(fix)

    fix.refresh_from_db()
    assert fix.state == Fix.State.SHIPPED
    assert timezone.now() - fix.shipped_at < timedelta(minutes=1)
    assert Feedback.objects.get().status == Feedback.Status.DONE


def test_who_said_it_twice_is_told_once_with_the_newest_words():
    bob = make.customer()
    newest = make.feedback("It is slow again", by=bob)
    oldest = make.feedback("It is slow", by=bob)
    Feedback.objects.filter(pk=oldest.pk).update(received_at=timezone.now() - timedelta(days=9))

    ship_it(make.fix(newest, oldest))

    assert Notice.objects.get().feedback == newest


def test_words_without_a_customer_are_done_though_nobody_can_be_told():
    ship_it(make.fix(make.feedback("Slow", by=None)))

    assert Feedback.objects.get().status == Feedback.Status.DONE
    assert not Notice.objects.exists()


def test_a_fix_ships_once():
    fix = make.fix(make.feedback("Slow", by=make.customer()))
    ship_it(fix)

    with pytest.raises(NotShippable, match=r"was shipped on .* Only a planned fix"):
        ship_it(fix)

    assert Notice.objects.count() == 1


def test_nothing_is_shipped_when_the_notices_cannot_be_written(monkeypatch):
    fix = make.fix(make.feedback("Slow", by=make.customer()))
    monkeypatch.setattr(workflow, "finish", fail)

    with pytest.raises(RuntimeError):
        ship_it(fix)

    fix.refresh_from_db()
    assert fix.state == Fix.State.PLANNED
    assert not Notice.objects.exists()


def fail(*args, **kwargs):
    raise RuntimeError("the power went out")


def test_the_database_itself_keeps_a_customer_from_being_told_twice():
    words = make.feedback("Slow", by=make.customer())
    fix = make.fix(words)
    ship_it(fix)

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(fix=fix, customer=words.customer, feedback=words)


def test_those_who_were_added_later_are_told_and_the_others_are_not_told_again():
    fix = make.fix(make.feedback("Slow", by=make.customer()))
    ship_it(fix)
    late = make.feedback("Slow for me too", by=make.customer())
    record.add(fix, asked_in=Feedback.objects.filter(pk=late.pk), by=make.staff())

    told = tell_newcomers(fix, by=make.staff(), now=timezone.now())

    assert told == 1
    assert Notice.objects.count() == 2
    assert Feedback.objects.get(pk=late.pk).status == Feedback.Status.DONE


def test_nobody_is_told_of_a_fix_that_is_only_planned():
    fix = make.fix(make.feedback("Slow", by=make.customer()))

    with pytest.raises(NotShippable, match="still planned"):
        tell_newcomers(fix, by=make.staff(), now=timezone.now())

    assert not Notice.objects.exists()


@pytest.mark.parametrize("customers", [1, 3])
def test_the_number_of_customers_makes_no_more_queries(django_assert_num_queries, customers):
    fix = make.fix(*[make.feedback("Slow", by=make.customer()) for _ in range(customers)])
    staff = make.staff()

    with django_assert_num_queries(12):
        ship(fix, by=staff, now=timezone.now())
