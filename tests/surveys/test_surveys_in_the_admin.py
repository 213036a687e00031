"""Staff at the desk: surveys and their words, customers in, invitations out, answers judged."""

import io
import json
import re

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from surveys.models import Customer, Invitation, Response, Skip, Survey
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make.staff())
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(model, what="changelist", *args):
    return reverse(f"admin:surveys_{model}_{what}", args=args)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def act(desk, model, action, rows, **more):
    chosen = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    return desk.post(page_of(model), {**chosen, **more}, follow=True)


# Surveys and their words


def new_survey(desk, **changed):
    said = {"name": "Yearly", "slug": "yearly", "kind": "nps", "state": "open", **changed}
    return desk.post(page_of("survey", "add"), said, follow=True)


def save_words(desk, survey, **changed):
    """As a browser would: every field of the newest wordings, some of them changed."""
    wordings = survey.wordings.newest().order_by("language")
    form = {"name": survey.name, "slug": survey.slug, "state": survey.state}
    form |= {"wordings-TOTAL_FORMS": len(wordings), "wordings-INITIAL_FORMS": len(wordings)}
    for n, wording in enumerate(wordings):
        fields = ["id", "survey", *(f.name for f in wording._meta.fields if f.editable)]
        form |= {f"wordings-{n}-{name}": wording.serializable_value(name) for name in fields}
        form |= {f"wordings-{n}-{name}": said for name, said in changed.items()}
    return desk.post(page_of("survey", "change", survey.pk), form, follow=True)


def test_a_new_survey_can_ask_in_both_languages_at_once(desk):
    page = new_survey(desk)

    survey = Survey.objects.get()
    assert {wording.language for wording in survey.wordings.all()} == {"ja", "en"}
    assert page.redirect_chain[-1][0] == page_of("survey", "change", survey.pk)
    assert "The standard words are filled in below." in messages(page)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_no_database_keeps_is_asked_for_again(desk, day):
    page = new_survey(desk, closes_at_0=day, closes_at_1="23:59")

    errors = page.context["adminform"].form.errors
    assert errors == {"closes_at": ["Please choose a day from 1900 to 2099."]}


def test_a_feedback_form_has_a_link_to_its_public_page(desk):
    new_survey(desk, kind="feedback", slug="voice")

    assert '<a href="/f/voice/"' in desk.get(page_of("survey")).content.decode()


def test_words_that_nobody_answered_are_simply_changed(desk):
    survey = make.survey()

    save_words(desk, survey, question="How was it?")

    assert [(w.version, w.question) for w in survey.wordings.all()] == [(1, "How was it?")] * 2


def test_words_that_were_answered_stay_and_new_ones_become_the_next_version(desk):
    response = make.response(9)
    before = response.wording.question

    save_words(desk, response.survey, question="How was it?")

    versions = response.survey.wordings.filter(language="en")
    assert [(w.version, w.question) for w in versions] == [(2, "How was it?"), (1, before)]
    response.refresh_from_db()
    assert response.wording.question == before


def test_earlier_words_can_be_read_and_not_written(desk):
    response = make.response(9)
    before = response.wording.question
    save_words(desk, response.survey, question="How was it?")

    page = desk.get(page_of("survey", "change", response.survey.pk)).content.decode()

    assert before in page
    assert not re.search(rf"<(input|textarea)[^>]*{re.escape(before)}", page)


def test_what_a_survey_asks_for_is_settled_when_it_is_made(desk):
    survey = make.survey()

    save_words(desk, survey, kind="feedback")

    survey.refresh_from_db()
    assert survey.kind == Survey.Kind.NPS


def test_a_new_wave_is_begun_for_scored_surveys_only(desk):
    nps, form = make.survey(), make.survey(kind="feedback")

    page = act(desk, "survey", "begin_a_new_wave", [nps, form])

    assert messages(page) == ["1 new wave begun."]
    assert (nps.waves.count(), form.waves.count()) == (1, 0)


def test_the_list_counts_who_was_asked_and_who_answered(desk):
    response = make.response(9)
    Invitation.objects.update(outcome="sent")
    make.invitation(about=response.survey)

    (row,) = desk.get(page_of("survey")).context["cl"].result_list

    assert (row.asked, row.answered) == (1, 1)


# Customers


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
        ("name\nHana\n", "No column is called “email” or “メールアドレス”, so nobody can be found. "
         "The columns are: name."),
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


# Inviting


def look(desk, customers, **more):
    return act(desk, "customer", "invite", customers, **more)


def confirm(desk, page, customers, survey, wave="continue", **more):
    said = {"survey": survey.pk, "wave": wave, "seen": page.context["seen"], "confirmed": "yes"}
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


# Invitations


def ended(outcome, reason=""):
    invitation = make.invitation()
    Invitation.objects.filter(pk=invitation.pk).update(
        outcome=outcome, reason=reason, handed_at=timezone.now()
    )
    return invitation


def test_before_sending_again_it_says_that_a_mail_may_arrive_twice(desk):
    invitation = ended("uncertain", "worker_stopped")

    page = act(desk, "invitation", "send_again", [invitation])

    assert page.context["sentences"] == [
        "1 mail that was refused or whose arrival is uncertain will be sent once more.",
        "Where it was uncertain, the customer may get the same mail twice.",
        "What is waiting, sent or skipped is left alone.",
    ]
    assert not Invitation.objects.waiting().exists()


def test_what_failed_is_sent_again_and_the_rest_is_left_alone(desk):
    failed, arrived = ended("refused"), ended("sent")

    page = act(desk, "invitation", "send_again", [failed, arrived], confirmed="yes")

    assert messages(page) == [
        "1 mail waits again.",
        "1 was left alone: it is waiting, sent or skipped.",
    ]
    assert Invitation.objects.waiting().get() == failed


def test_where_nothing_failed_there_is_nothing_to_confirm(desk):
    page = act(desk, "invitation", "send_again", [ended("sent")])

    assert messages(page) == ["1 was left alone: it is waiting, sent or skipped."]


@pytest.mark.parametrize(
    ("state", "how_many"),
    [("waiting", 1), ("on_their_way", 1), ("sent", 1), ("uncertain", 1), ("skipped", 0), ("x", 0)],
)
def test_invitations_are_found_by_their_state(desk, state, how_many):
    make.invitation()
    ended(None)
    ended("sent")
    ended("uncertain")

    page = desk.get(page_of("invitation"), {"state": state})

    assert len(page.context["cl"].result_list) == how_many


def test_staff_are_not_handed_the_link_that_answers_for_a_customer(desk):
    invitation = make.invitation()

    page = desk.get(page_of("invitation", "change", invitation.pk)).content.decode()

    assert invitation.get_absolute_url() not in page
    assert "/r/" not in page  # Django's "view on site"


def test_reasons_are_told_in_the_language_of_the_reader(desk):
    ended("skipped", "unsubscribed")
    ended("refused", "550 no such user")

    page = desk.get(page_of("invitation"), headers={"accept-language": "ja"}).content.decode()

    assert "配信停止のお申し出あり" in page
    assert "550 no such user" in page


# Responses


def test_responses_are_counted_or_taken_out_by_staff(desk):
    response = make.response(9)

    taken_out = act(desk, "response", "take_them_out", [response])
    again = act(desk, "response", "take_them_out", [response])
    response.refresh_from_db()
    state = response.state
    act(desk, "response", "count_them", [response])

    assert messages(taken_out) == ["1 response changed."]
    assert messages(again) == ["1 response was left alone: it stood so already."]
    assert state == Response.State.EXCLUDED
    response.refresh_from_db()
    assert response.state == Response.State.COUNTED


def test_what_was_said_before_can_be_read(desk):
    response = make.response(9)
    act(desk, "response", "take_them_out", [response])

    page = desk.get(page_of("response", "history", response.pk))

    assert page.status_code == 200
    states = [then.state for then in page.context["page_obj"]]
    assert states == [Response.State.EXCLUDED, Response.State.COUNTED]


def test_what_was_said_before_cannot_be_written_over(desk):
    response = make.response(3, "Too slow")
    then = page_of("response", "simple_history", response.pk, response.history.get().pk)
    said = {"score": 10, "comment": "Great", "survey": response.survey_id, "language": "en",
            "state": "counted", "wording": response.wording_id, "customer": response.customer_id,
            "answered_at_0": "2026-11-01", "answered_at_1": "10:00",
            "changed_at_0": "2026-11-01", "changed_at_1": "10:00"}  # fmt: skip

    assert desk.get(then).status_code == 200
    assert desk.post(then, said).status_code == 403

    response.refresh_from_db()
    assert (response.score, response.comment) == (3, "Too slow")


@pytest.mark.parametrize("model", ["invitation", "skip", "response"])
def test_what_happened_is_read_only(desk, model):
    row = {"invitation": make.invitation, "skip": _skip, "response": lambda: make.response(9)}[
        model
    ]()

    assert desk.get(page_of(model, "add")).status_code == 403
    assert desk.get(page_of(model, "change", row.pk)).status_code == 200
    assert desk.post(page_of(model, "change", row.pk), {"score": 1}).status_code == 403
    assert desk.post(page_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def _skip():
    return Skip.objects.create(
        wave=make.wave(), customer=make.customer(), reason=Skip.Reason.UNSUBSCRIBED
    )


# Every page


def test_scripts_may_evaluate_on_the_desk_and_nowhere_else(desk):
    policies = [desk.get(page)["Content-Security-Policy"] for page in ["/admin/", "/you-said/"]]

    assert ["'unsafe-eval'" in policy for policy in policies] == [True, False]
    assert ["'unsafe-inline'" in policy for policy in policies] == [True, False]


def test_staff_who_may_only_look_may_not_import_invite_or_judge(client):
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(looker)
    response = make.response(9)

    assert client.get(page_of("customer") + "import/").status_code == 403
    for model, action, row in [
        ("customer", "invite", response.customer),
        ("invitation", "send_again", response.invitation),
        ("response", "take_them_out", response),
        ("survey", "begin_a_new_wave", response.survey),
    ]:
        act(client, model, action, [row], confirmed="yes")

    response.refresh_from_db()
    assert response.state == Response.State.COUNTED
    assert response.survey.waves.count() == 1


MAKERS = {
    "customer": make.customer,
    "survey": make.survey,
    "invitation": make.invitation,
    "skip": _skip,
    "response": lambda: make.response(9),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [("customer", 5), ("survey", 5), ("invitation", 6), ("skip", 6), ("response", 8)],
)
def test_a_long_list_costs_as_many_queries_as_a_short_one(
    desk, model, queries, rows, django_assert_num_queries
):
    for _ in range(rows):
        MAKERS[model]()
    desk.get(page_of(model))  # what is looked up once and kept

    with django_assert_num_queries(queries):
        desk.get(page_of(model))


@pytest.mark.parametrize("model", MAKERS)
def test_odd_searches_and_filters_make_no_fault(desk, model):
    MAKERS[model]()

    for query in [
        "q=%F0%9F%98%80",
        "q='%22%3C",
        "state=%27",
        "survey=x",
        "survey=９",
        "p=99",
        "o=9.-9",
    ]:
        assert desk.get(f"{page_of(model)}?{query}", follow=True).status_code in (200, 400)
