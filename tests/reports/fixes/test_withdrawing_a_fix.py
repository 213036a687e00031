"""A fix planned by mistake is withdrawn: it is gone, and its words wait again."""

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from reports.fixes import record
from reports.fixes.ship import NotShippable, ship
from reports.fixes.withdraw import withdraw
from reports.models import Fix
from tests import make
from voc.models import Activity, Feedback
from voc.triage import workflow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def page_of(fix):
    return f"/admin/reports/fix/{fix.pk}/withdraw/"


def told(page):
    return [str(message) for message in get_messages(page.wsgi_request)]


def statuses():
    return list(Feedback.objects.order_by("pk").values_list("status", flat=True))


def test_words_go_back_to_their_owner_or_among_the_new_ones():
    owned, free = make.feedback("Slow"), make.feedback("Slower")
    workflow.take(Feedback.objects.filter(pk=owned.pk), by=make.staff())

    changed = withdraw(make.fix(owned, free), by=make.staff())

    assert changed == workflow.Result(2, 0)
    assert statuses() == ["taken", "new"]
    assert Feedback.objects.get(pk=owned.pk).owner is not None
    assert not Fix.objects.exists()


def test_their_past_says_who_withdrew_which_fix():
    item, sato = make.feedback("Slow"), make.staff(name="sato")

    withdraw(make.fix(item), by=sato)

    activity = Activity.objects.filter(feedback=item).first()
    assert (activity.what, activity.by, activity.before, activity.after, activity.reason) == (
        "unplan",
        sato,
        "planned",
        "new",
        "It is fast",
    )


def test_words_that_another_fix_answers_stay_planned():
    item = make.feedback("Slow")
    mistaken, other = make.fix(item), make.fix()
    record.add(other, asked_in=Feedback.objects.all(), by=make.staff())

    withdraw(mistaken, by=make.staff())

    assert statuses() == ["planned"]


def test_what_was_told_to_people_cannot_be_withdrawn(desk):
    fix = make.fix(make.feedback("Slow", by=make.customer()))
    ship(fix, by=make.staff(), now=timezone.now())

    page = desk.post(page_of(fix))

    assert told(page) == [
        "“It is fast” is shipped and was told to people. Only a planned fix can be withdrawn."
    ]
    assert Fix.objects.get() == fix
    assert statuses() == ["done"]


def test_the_page_says_what_will_happen_and_does_nothing_yet(desk):
    fix = make.fix(make.feedback("Slow"), make.feedback("Slower"))

    page = desk.get(page_of(fix))

    assert page.context["sentences"][1].startswith("2 items that asked for it wait again")
    assert "Keep it</a>" in page.content.decode()
    assert Fix.objects.get() == fix


def test_pressing_withdraws_it(desk):
    page = desk.post(page_of(make.fix(make.feedback("Slow"))))

    assert page.headers["Location"] == "/admin/reports/fix/"
    assert told(page) == ["“It is fast” is withdrawn. 1 item waits again."]
    assert not Fix.objects.exists()


def test_of_two_who_press_at_once_the_second_hears_of_the_first():
    fix = make.fix()
    withdraw(Fix.objects.get(), by=make.staff())

    for verb in (
        lambda: withdraw(fix, by=make.staff()),
        lambda: ship(fix, by=make.staff(), now=timezone.now()),
    ):
        with pytest.raises(NotShippable, match="has been withdrawn"):
            verb()


def test_nothing_can_be_added_to_what_a_colleague_has_withdrawn():
    fix, late = make.fix(make.feedback("Slow")), make.feedback("Slow, too")
    withdraw(Fix.objects.get(pk=fix.pk), by=make.staff())

    with pytest.raises(NotShippable, match="withdrawn"):
        record.add(fix, asked_in=Feedback.objects.filter(pk=late.pk), by=make.staff())

    assert statuses() == ["new", "new"]
