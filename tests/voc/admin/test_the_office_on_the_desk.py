"""The office: the company's hours are edited in one place, people say when they are away."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from voc.models import Absence, BusinessCalendar, Colleague

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calendar(db):
    return BusinessCalendar.current()


@pytest.fixture
def mei(client):
    person = User.objects.create_user("mei", is_staff=True)
    person.groups.add(Group.objects.get(name="顧客対応 / Customer support"))
    client.force_login(person)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return person


def test_the_list_of_business_hours_is_their_page(desk):
    page = desk.get(reverse("admin:voc_businesscalendar_changelist"), follow=True)

    assert page.redirect_chain[-1][0].endswith("/change/")
    assert BusinessCalendar.objects.count() == 1


def test_a_time_zone_that_is_none_and_hours_that_end_before_they_begin_are_refused(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    calendar = BusinessCalendar.objects.get()
    hours = calendar.hours.first()
    form = {
        "time_zone": "Mars/Base",
        "hours-TOTAL_FORMS": "1", "hours-INITIAL_FORMS": "1",
        "hours-0-id": hours.pk, "hours-0-calendar": calendar.pk, "hours-0-weekday": "0",
        "hours-0-opens": "18:00", "hours-0-closes": "09:00",
        "closed_days-TOTAL_FORMS": "0", "closed_days-INITIAL_FORMS": "0",
    }  # fmt: skip

    page = desk.post(reverse("admin:voc_businesscalendar_change", args=[calendar.pk]), form)

    said = page.content.decode()
    assert "“Mars/Base” is no time zone." in said
    assert "This ends before it begins." in said


def test_people_say_when_they_are_away(client, mei):
    form = {"person": mei.pk, "first_day": "2026-12-28", "last_day": "2027-01-03"}

    client.post(reverse("admin:voc_absence_add"), form)

    assert str(Absence.objects.get()) == "mei 2026-12-28–2027-01-03"


def test_an_absence_that_ends_before_it_begins_is_refused(client, mei):
    form = {"person": mei.pk, "first_day": "2026-12-28", "last_day": "2026-12-01"}

    page = client.post(reverse("admin:voc_absence_add"), form)

    assert "The last day comes before the first." in page.content.decode()


def test_people_see_and_change_their_own_settings_only(client, mei):
    other = Colleague.objects.create(user=User.objects.create_user("ken", is_staff=True))
    form = {"user": mei.pk, "reads": ["ja"], "alerts": "morning", "language": "ja"}

    client.post(reverse("admin:voc_colleague_add"), form)

    assert Colleague.objects.get(user=mei).reads == ["ja"]
    listed = client.get(reverse("admin:voc_colleague_changelist")).context["cl"].result_list
    assert [each.user for each in listed] == [mei]
    assert client.get(reverse("admin:voc_colleague_change", args=[other.pk])).status_code == 302
