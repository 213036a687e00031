"""Between the numbers and Send things change: then nothing is sent, and the page says what."""

from __future__ import annotations

import pytest

from surveys.admin.invite_numbers import Numbers, what_changed
from surveys.invitations.invite import Invited
from surveys.models import Customer, Invitation, Skip
from tests import make
from tests.surveys.admin.admin_client import act, messages

pytestmark = pytest.mark.django_db


def look(desk, customers, **more):
    return act(desk, "customer", "invite", customers, **more)


def confirm(desk, page, customers, survey, **more):
    seen = dict(page.context["again"])["seen"]
    said = {"survey": survey.pk, "wave": "continue", "seen": seen, "asked": "yes"}
    return look(desk, customers, **{**said, **more})


def test_customers_who_came_in_since_are_told_of_before_anybody_is_asked(desk):
    survey, customers = make.survey(), [make.customer() for _ in range(60)]
    page = look(desk, customers[:1], select_across="1")
    for _more in range(12):
        make.customer()

    page = confirm(desk, page, customers[:1], survey, select_across="1")

    assert page.context["changed"] == ["12 customers have come in since."]
    assert "Nothing was sent" in page.content.decode()
    assert not Invitation.objects.exists()
    confirm(desk, page, customers[:1], survey, select_across="1")
    assert Invitation.objects.count() == 72


def test_who_was_asked_meanwhile_is_told_of_with_the_reason(desk):
    survey, customers = make.survey(), [make.customer() for _ in range(4)]
    page = look(desk, customers)
    for customer in customers[:2]:
        make.invitation(to=customer, about=survey)
    Customer.objects.filter(pk=customers[2].pk).update(unsubscribed_at="2026-01-01T00:00Z")

    page = confirm(desk, page, customers, survey)

    assert sorted(page.context["changed"]) == [
        "1 more is skipped by now: does not want mail from us",
        "2 more are skipped by now: is asked in this wave already",
    ]
    assert Invitation.objects.count() == 2
    assert messages(confirm(desk, page, customers, survey))[0] == "1 customer is asked."


def test_customers_who_are_gone_are_told_of(desk):
    survey, customers = make.survey(), [make.customer(), make.customer()]
    page = look(desk, customers)
    customers[0].delete()

    page = confirm(desk, page, customers[1:], survey)

    assert page.context["changed"] == ["1 customer is not there any more."]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "seen", ["", "x", "[]", "[1]", "{}", '["", 1, 1, {"x": 1}]', '["", 1, 1, [1]]', "[" * 9000,
             '["", 1e999, 1, {}]'],
)  # fmt: skip
def test_numbers_that_the_page_never_wrote_send_nothing(desk, seen):
    survey, customers = make.survey(), [make.customer()]
    page = look(desk, customers)

    page = confirm(desk, page, customers, survey, seen=seen)

    assert page.context["changed"] == [
        "You chose another survey or wave. These are the numbers for it."
    ]
    assert not Invitation.objects.exists()


def test_fewer_skips_are_told_of_too(in_english):
    reason = Skip.Reason.ASKED_RECENTLY
    before = Numbers("1", 2, Invited(0, type(Invited().skipped)({reason: 2})))

    assert what_changed(before, Numbers("1", 2, Invited(2))) == [
        "2 fewer are skipped by now: was asked recently"
    ]
    assert what_changed(before, before) == []
