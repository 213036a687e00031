"""Who logs in sees what waits, and nothing that is not theirs to see."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from surveys.models import Import, Invitation
from tests import make
from voc.cases.workflow import close as close_cases
from voc.models import Case, Feedback
from voc.triage import workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def waiting(page):
    return [(line.words, line.link) for line in page.context["waiting"]]


def today(page):
    return [(each.number, each.words) for each in page.context["today"]]


def test_it_says_what_waits_and_leads_there(desk, sato):
    make.fix(make.feedback("planned"))
    mine, _others = make.feedback("mine"), make.feedback("nobody's")
    workflow.take(Feedback.objects.filter(pk=mine.pk), by=sato)

    assert waiting(desk.get("/admin/")) == [
        ("1 new item that nobody has taken on", "/admin/voc/feedback/?pile=new"),
        ("2 items to look after", "/admin/voc/feedback/"),
        ("1 of them is yours", "/admin/voc/feedback/?pile=mine"),
        ("1 fix planned and not shipped", "/admin/reports/fix/?state__exact=planned"),
    ]


def cases_of_all_kinds(me):
    """One of mine overdue and one not, one of a detractor that nobody owns, and a closed one."""
    now = timezone.now()
    late, mine, _nobodys, closed = (make.case(about=make.response(2)) for _ in range(4))
    Case.objects.filter(pk__in=[late.pk, mine.pk]).update(owner=me)
    Case.objects.filter(pk=late.pk).update(due_at=now - timedelta(hours=1))
    Case.objects.filter(pk=mine.pk).update(first_replied_at=now)
    this = Case.objects.filter(pk=closed.pk)
    close_cases(this, because="solved", by=me, now=now)


def test_cases_come_first_and_what_cannot_wait_is_marked(desk, sato):
    cases_of_all_kinds(sato)

    lines = desk.get("/admin/").context["waiting"]

    assert [(line.words, line.cannot_wait) for line in lines] == [
        ("1 case of yours is overdue", True),
        ("2 cases of yours wait for us", False),
        ("1 case of a detractor has no owner", True),
        ("1 case is overdue", True),
    ]


def test_today_is_counted_and_nothing_of_yesterday(desk, sato):
    assert today(desk.get("/admin/")) == [
        ("0", "feedback received"),
        ("0", "cases first replied to"),
        ("0", "cases closed"),
    ]

    cases_of_all_kinds(sato)
    make.feedback("today")
    old = make.feedback("yesterday")
    Feedback.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=1))
    Case.objects.closed().update(closed_at=timezone.now() - timedelta(days=1))

    assert [number for number, _words in today(desk.get("/admin/"))] == ["1", "1", "0"]


def test_what_went_wrong_waits_too(desk):
    make.feedback("poison")
    Feedback.objects.update(attempts=Feedback.MOST_ATTEMPTS, status="dismissed")
    for outcome in ("refused", "uncertain", "sent"):
        Invitation.objects.filter(pk=make.invitation().pk).update(outcome=outcome)

    make.begun_import("email\nhana@example.com\n")
    Import.objects.update(attempts=Import.MOST_ATTEMPTS)

    assert [words for words, _link in waiting(desk.get("/admin/"))] == [
        "1 item that could not be analyzed",
        "1 import that was set aside",
        "1 invitation refused",
        "1 invitation that may not have arrived",
    ]


def test_each_line_leads_to_as_many_rows_as_it_says(desk, sato):
    cases_of_all_kinds(sato)
    make.case(about=make.response(9))  # not a detractor's, but nobody owns it either
    make.fix(make.feedback("planned"))
    Invitation.objects.filter(pk=make.invitation().pk).update(outcome="uncertain")
    make.begun_import("email\nhana@example.com\n")
    Import.objects.update(attempts=Import.MOST_ATTEMPTS)

    page = desk.get("/admin/")
    figures = [(each.number, each.link) for each in page.context["today"]]
    for words, link in [*waiting(page), *figures]:
        rows = desk.get(link).context["cl"].result_count
        assert rows == int(re.findall(r"\d+", words)[0])


def test_when_nothing_waits_it_says_so(desk):
    assert "Nothing waits for you." in desk.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("may", "sees"), [([], []), (["view_fix"], ["1 fix planned and not shipped"])]
)
def test_staff_see_only_what_they_may(client, may, sees):
    make.fix(make.feedback("planned"))
    make.feedback("new")
    somebody = User.objects.create_user("somebody", is_staff=True)
    somebody.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(somebody)

    page = client.get("/admin/", headers={"accept-language": "en"})

    assert [words for words, _link in waiting(page)] == sees
    assert today(page) == []
    asked = "Please ask whoever looks after Todoku" in page.content.decode()
    assert asked is (not may)
