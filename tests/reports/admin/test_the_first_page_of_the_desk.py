"""Who logs in sees what waits, and nothing that is not theirs to see."""

import re

import pytest
from django.contrib.auth.models import Permission, User

from surveys.models import Import, Invitation
from tests import make
from voc.models import Feedback
from voc.triage import workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def waiting(page):
    return page.context["waiting"]


def test_it_says_what_waits_and_leads_there(desk, sato):
    make.fix(make.feedback("planned"))
    mine, _others = make.feedback("mine"), make.feedback("nobody's")
    workflow.take(Feedback.objects.filter(pk=mine.pk), by=sato)

    assert waiting(desk.get("/admin/")) == [
        ("2 items to look after", "/admin/voc/feedback/"),
        ("1 of them is yours", "/admin/voc/feedback/?pile=mine"),
        ("1 fix planned and not shipped", "/admin/reports/fix/?state__exact=planned"),
    ]


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


def test_each_line_leads_to_as_many_rows_as_it_says(desk):
    make.fix(make.feedback("planned"))
    Invitation.objects.filter(pk=make.invitation().pk).update(outcome="uncertain")
    make.begun_import("email\nhana@example.com\n")
    Import.objects.update(attempts=Import.MOST_ATTEMPTS)

    for words, link in waiting(desk.get("/admin/")):
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
    asked = "Please ask whoever looks after Todoku" in page.content.decode()
    assert asked is (not may)
