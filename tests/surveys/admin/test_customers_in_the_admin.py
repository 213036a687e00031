"""Staff at the desk: customers in, invitations out."""

import pytest
from django.utils import timezone

from surveys.models import Invitation, Skip
from tests import make
from tests.surveys.admin.admin_client import act, messages, page_of

pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_one_customer(desk):
    said = {"email": make.customer().email.upper(), "language": "ja"}

    page = desk.post(page_of("customer", "add"), said)

    assert page.context["adminform"].form.non_field_errors() == [
        "This address belongs to a customer already."
    ]


def look(desk, customers, **more):
    return act(desk, "customer", "invite", customers, **more)


def confirm(desk, page, customers, survey, wave="continue", **more):
    seen = dict(page.context["again"])["seen"]
    said = {"survey": survey.pk, "wave": wave, "seen": seen, "asked": "yes"}
    return look(desk, customers, **{**said, **more})


def test_the_page_says_beforehand_who_will_be_asked(desk):
    make.survey()

    page = look(desk, [make.customer(), make.customer(unsubscribed=True)])

    assert page.context["asked"] == 1
    assert page.context["skipped"] == [("does not want mail from us", 1)]
    assert page.content.count(b'name="seen"') == 1
    assert not Invitation.objects.exists()


def test_who_confirms_asks_them_and_hears_who_was_not(desk):
    survey, customers = make.survey(), [make.customer(), make.customer(unsubscribed=True)]

    page = confirm(desk, look(desk, customers), customers, survey)

    assert messages(page) == [
        "1 customer is asked.",
        "1 skipped: does not want mail from us",
    ]
    assert [invitation.customer for invitation in Invitation.objects.all()] == customers[:1]
    assert [skip.customer for skip in Skip.objects.all()] == customers[1:]


def test_who_chooses_something_else_is_shown_its_numbers_before_anyone_is_asked(desk):
    survey, customers = make.survey(), [make.customer()]

    page = confirm(desk, look(desk, customers), customers, survey, wave="new")

    assert page.context["form"]["wave"].value() == "new"
    assert not Invitation.objects.exists()
    confirm(desk, page, customers, survey, wave="new")
    assert Invitation.objects.get().wave.number == 1


def test_all_customers_on_all_pages_can_be_asked_at_once(desk):
    survey, customers = make.survey(), [make.customer() for _ in range(60)]

    page = look(desk, customers[:1], select_across="1")
    confirm(desk, page, customers[:1], survey, select_across="1")

    assert Invitation.objects.count() == 60


def test_the_mail_may_leave_later(desk):
    survey, customers = make.survey(), [make.customer()]

    confirm(desk, look(desk, customers), customers, survey, send_after="2099-01-02T09:30")

    send_after = timezone.localtime(Invitation.objects.get().send_after)
    assert f"{send_after:%Y-%m-%d %H:%M}" == "2099-01-02 09:30"


def test_with_no_open_survey_it_says_so(desk):
    make.survey(state="closed")

    page = look(desk, [make.customer()])

    assert messages(page) == ["No survey is open to invite to. Make one, or open one, first."]


@pytest.mark.parametrize("when", ["tomorrow", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_date_that_is_none_is_asked_for_again(desk, when):
    survey, customers = make.survey(), [make.customer()]

    page = confirm(desk, look(desk, customers), customers, survey, send_after=when)

    assert page.context["form"].errors.keys() == {"send_after"}
    assert not Invitation.objects.exists()
