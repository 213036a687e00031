"""Staff at the desk: how mails ended, and which answers count."""

import pytest
from django.utils import timezone

from surveys.models import Invitation, Response
from tests import make
from tests.surveys.admin.admin_client import act, messages, page_of

pytestmark = pytest.mark.django_db


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

    page = act(desk, "invitation", "send_again", [failed, arrived], asked="yes")

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
    row = {"invitation": make.invitation, "skip": make.skip, "response": lambda: make.response(9)}[
        model
    ]()

    assert desk.get(page_of(model, "add")).status_code == 403
    assert desk.get(page_of(model, "change", row.pk)).status_code == 200
    assert desk.post(page_of(model, "change", row.pk), {"score": 1}).status_code == 403
    assert desk.post(page_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403
