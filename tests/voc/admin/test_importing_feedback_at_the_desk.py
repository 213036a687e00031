"""Staff import feedback at the desk, and say by which channel it came in."""

import io

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from surveys.imports import work_off
from surveys.models import Import
from voc.models import Feedback

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/voc/feedback/import/"


def choose_file(client, table, **options):
    file = io.BytesIO(table.encode())
    file.name = "reviews.csv"
    return client.post(UPLOAD, {"table": file, "channel": "support"}, **options)


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def test_feedback_is_uploaded_looked_at_and_imported(desk):
    page = choose_file(desk, "comment,date\nToo slow,2026-11-02\n", follow=True)
    assert page.context["columns"][0].label == "what they said"
    assert page.context["first_rows"].rows[0][1][0][1] == "Too slow"
    assert not Feedback.objects.exists()

    form = {field.name: field.value() or "" for field in page.context["form"]}
    desk.post(page.redirect_chain[-1][0], {**form, "begin": "yes"})
    work_off.work_off_next(timezone.now)

    item = Feedback.objects.get()
    assert (item.text, item.channel) == ("Too slow", "support")
    assert timezone.localtime(item.received_at).date().isoformat() == "2026-11-02"
    assert Import.objects.get().added == 1


@pytest.mark.parametrize("permission", ["view_feedback", "change_feedback"])
def test_who_may_not_add_feedback_imports_none(client, permission):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename=permission))
    client.force_login(clerk)

    assert client.get(UPLOAD).status_code == 403
    assert choose_file(client, "comment\nToo slow\n").status_code == 403
    assert UPLOAD not in client.get(reverse("admin:voc_feedback_changelist")).content.decode()


def test_the_inbox_leads_there(desk):
    assert UPLOAD in desk.get(reverse("admin:voc_feedback_changelist")).content.decode()
