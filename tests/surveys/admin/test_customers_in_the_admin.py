"""Staff at the desk: customers in, invitations out."""

import io
import json

import pytest
from django.utils import timezone

from surveys.models import Customer, Invitation, Skip
from tests import make
from tests.surveys.admin.admin_client import act, messages, page_of

pytestmark = pytest.mark.django_db


def upload(desk, table, language="ja"):
    file = io.BytesIO(table.encode())
    file.name = "customers.csv"
    return desk.post(
        page_of("customer", "changelist") + "import/", {"table": file, "language": language}
    )


def test_a_table_is_taken_in_and_each_bad_row_is_told_harmlessly(desk):
    page = upload(desk, "メール,氏名\nhana@example.com,花\n<script>@,x\n").content.decode()

    assert Customer.objects.get().name == "花"
    assert "1 added, 0 updated, 0 unchanged" in page
    assert "“&lt;script&gt;@” is not an email address" in page
    assert "<script>@" not in page


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ("", "This file is empty. Its first row should name the columns."),
        ("name\nHana\n", "None of the columns is known to hold email addresses. "
             "The file has “name”; please choose one."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_told_at_the_field(desk, table, error):
    assert upload(desk, table).context["form"].errors == {"table": [error]}


def test_without_a_file_the_page_asks_for_one(desk):
    page = desk.post(page_of("customer") + "import/", {"language": "ja"})

    assert page.context["form"].errors == {"table": ["Please choose a file."]}


@pytest.mark.parametrize(
    "attributes",
    [
        "[1]",
        '"plan"',
        '{"plan": "\\u0000"}',
        '{"plan": "\\ud800"}',
        '{"\\udc00": "Gold"}',
        "{",
        "[" * 100_000,
        "7",
    ],
)
def test_attributes_are_names_with_values(desk, attributes):
    said = {"email": "hana@example.com", "language": "ja", "attributes": attributes}

    page = desk.post(page_of("customer", "add"), said)

    assert page.context["adminform"].form.errors.keys() == {"attributes"}


def test_attributes_may_hold_any_character_there_is(desk):
    attributes = {"プラン": "金 🥇", "path": "C:\\udc00"}
    said = {"email": "hana@example.com", "language": "ja", "attributes": json.dumps(attributes)}

    desk.post(page_of("customer", "add"), said)

    assert Customer.objects.get().attributes == attributes


def test_an_address_belongs_to_one_customer(desk):
    said = {"email": make.customer().email.upper(), "language": "ja", "attributes": ""}

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
