"""The page of a case shows which fixes its words asked for, to those who may see fixes."""

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def page_of(case):
    return reverse("admin:voc_case_change", args=[case.pk])


@pytest.fixture
def case():
    return make.case(about=make.response(2, "Too slow"))


def test_fixes_stand_on_the_page_of_the_case(desk, case):
    fix = make.fix(case.feedback.get())

    shown = desk.get(page_of(case)).content.decode()

    assert reverse("admin:reports_fix_change", args=[fix.pk]) in shown


def test_who_may_not_see_fixes_sees_none(client, case):
    fix = make.fix(case.feedback.get())
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_case"))
    client.force_login(clerk)

    shown = client.get(page_of(case)).content.decode()

    assert reverse("admin:reports_fix_change", args=[fix.pk]) not in shown


@pytest.mark.parametrize("n", [1, 4])
def test_a_longer_case_costs_no_more(desk, case, n, django_assert_num_queries):
    for number in range(n):
        make.fix(case.feedback.get(), we_did_en=f"Fix {number}")
        case.notes.create(text=f"Note {number}", by=make.staff())
    desk.get(page_of(case))

    with django_assert_num_queries(16):
        desk.get(page_of(case))
