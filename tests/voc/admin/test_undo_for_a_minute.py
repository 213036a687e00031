"""For a minute the message of a move carries a button that takes it back, row by row."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.core import signing
from django.utils import timezone

from tests import make
from voc.cases import workflow as cases
from voc.models import Case, Feedback
from voc.triage import workflow

pytestmark = pytest.mark.django_db

LEFT_ALONE = "1 was not put back: it was moved since, or its owner has no account now."
INBOX, CASES = "/admin/voc/feedback/", "/admin/voc/case/"


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def act(desk, where, action, *rows, **answers):
    """Do it with rows of a list; the page that comes after."""
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], "index": "0"}
    return desk.post(where, {**chosen, **answers}, follow=True)


def undo(desk, page):
    """Press the button of a page's message, as a browser without scripts does."""
    form = BeautifulSoup(page.content, "html.parser").select_one("form.desk-undo")
    return desk.post(form["action"], {"undo": form.select_one("[name=undo]")["value"]}, follow=True)


def said(page):
    return [str(message).partition(" <form")[0] for message in page.context["messages"]]


def has_button(page):
    return b"desk-undo" in page.content


def stands(row):
    row.refresh_from_db()
    return getattr(row, "status", None) or row.state, row.owner


def test_what_was_dismissed_is_open_again_with_its_owner(desk, sato):
    mine, nobodys = make.feedback("Slow"), make.feedback("Late")
    workflow.take(Feedback.objects.filter(pk=mine.pk), by=sato)

    page = act(desk, INBOX, "dismiss", mine, nobodys, asked="yes", reason="spam")
    assert said(page) == ["2 items were dismissed."]
    after = undo(desk, page)

    assert said(after) == ["2 are as they were before."]
    assert (stands(mine), stands(nobodys)) == (("taken", sato), ("new", None))


def test_what_was_taken_from_somebody_is_theirs_again(desk, sato):
    ken = make.staff(name="ken")
    item = make.feedback("Slow")
    workflow.take(Feedback.objects.all(), by=ken)

    undo(desk, act(desk, INBOX, "take", item))

    assert stands(item) == ("taken", ken)
    step = item.activities.latest("pk")
    assert (step.what, step.after, step.reason, step.by) == ("assign", "ken", "undone", sato)


def test_cases_are_put_back_too(desk, sato):
    now = timezone.now()
    ken = make.staff(name="ken")
    open_one, waiting = make.case(owner=ken), make.case()
    cases.wait(Case.objects.filter(pk=waiting.pk), by=None, now=now)

    undo(desk, act(desk, CASES, "close", open_one, waiting, asked="yes", because="solved"))
    assert (stands(open_one), stands(waiting)) == (("open", ken), ("waiting", None))
    assert Case.objects.filter(closed_at=None, closed_because="").count() == 2

    undo(desk, act(desk, CASES, "take", open_one))
    assert stands(open_one) == ("open", ken)


def test_what_somebody_moved_since_is_left_alone_and_counted(desk):
    first, second = make.feedback("Slow"), make.feedback("Late")
    page = act(desk, INBOX, "dismiss", first, second, asked="yes", reason="spam")
    ken = make.staff(name="ken")
    workflow.reopen(Feedback.objects.filter(pk=second.pk), by=ken)
    workflow.dismiss(Feedback.objects.filter(pk=second.pk), reason="again", by=ken)

    after = undo(desk, page)

    assert said(after) == [
        "1 is as it was before.",
        LEFT_ALONE,
    ]
    assert (stands(first)[0], stands(second)[0]) == ("new", "dismissed")


def test_pressing_twice_puts_back_once(desk):
    item = make.feedback("Slow")
    page = act(desk, INBOX, "dismiss", item, asked="yes", reason="spam")
    undo(desk, page)

    again = undo(desk, page)

    assert said(again) == [LEFT_ALONE]
    assert stands(item) == ("new", None)


def test_an_owner_who_has_no_account_any_more_is_not_given_it_back(desk):
    ken = make.staff(name="ken")
    item = make.feedback("Slow")
    workflow.take(Feedback.objects.all(), by=ken)
    page = act(desk, INBOX, "take", item)
    ken.delete()

    assert said(undo(desk, page)) == [LEFT_ALONE]


def test_after_a_minute_nothing_is_put_back(desk, monkeypatch):
    item = make.feedback("Slow")
    page = act(desk, INBOX, "dismiss", item, asked="yes", reason="spam")
    late = timezone.now() + timedelta(seconds=62)
    monkeypatch.setattr(signing.time, "time", late.timestamp)

    assert "within a minute" in said(undo(desk, page))[0]
    assert stands(item) == ("dismissed", None)


@pytest.mark.parametrize("odd", ["", "x", "a:b:c", "\u0661" * 9000])
def test_what_is_not_ours_puts_nothing_back(desk, odd):
    page = desk.post(INBOX + "undo/", {"undo": odd}, follow=True)

    assert "Nothing was put back" in said(page)[0]


def test_nobody_presses_the_button_of_another(desk, client):
    item = make.feedback("Slow")
    page = act(desk, INBOX, "dismiss", item, asked="yes", reason="spam")
    client.force_login(make.staff(name="ken"))

    assert "Nothing was put back" in said(undo(client, page))[0]
    assert stands(item) == ("dismissed", None)


def test_who_may_no_longer_change_it_undoes_nothing(desk, client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_feedback"))
    client.force_login(viewer)

    assert client.post(INBOX + "undo/", {"undo": "x"}).status_code == 403
    assert client.get(INBOX + "undo/").status_code == 405


def test_it_leads_back_to_the_list_as_it_was_filtered(desk):
    item = make.feedback("Slow")
    page = act(desk, INBOX + "?pile=new", "dismiss", item, asked="yes", reason="spam")

    assert undo(desk, page).redirect_chain == [(INBOX + "?pile=new", 302)]


def test_what_no_undo_is_for_has_no_button(desk):
    item = make.feedback("Slow")
    workflow.dismiss(Feedback.objects.all(), reason="spam", by=make.staff())

    assert not has_button(act(desk, INBOX, "reopen", item))


def test_the_story_of_an_item_says_that_it_was_undone(desk):
    item = make.feedback("Slow")
    undo(desk, act(desk, INBOX, "take", item))

    page = desk.get(f"{INBOX}{item.pk}/change/").content.decode()

    assert "undone" in page
    assert "nobody" in page


@pytest.mark.parametrize("rows", [2, 5])
def test_many_are_put_back_in_as_many_statements(desk, rows, django_assert_num_queries):
    items = [make.feedback("Slow") for _ in range(rows)]
    page = act(desk, INBOX, "dismiss", *items, asked="yes", reason="spam")
    form = BeautifulSoup(page.content, "html.parser").select_one("form.desk-undo")

    with django_assert_num_queries(8):
        desk.post(form["action"], {"undo": form.select_one("[name=undo]")["value"]})
