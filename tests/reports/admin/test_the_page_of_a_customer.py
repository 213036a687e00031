"""The page of a customer tells what was asked, answered, said and done, in the order of time."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from reports.models import Notice
from surveys.models import Customer, Invitation, Response
from tests import make
from voc.cases import workflow
from voc.models import Case, Feedback

pytestmark = pytest.mark.django_db

LIST = "/admin/surveys/customer/"


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def furnish(customer, sato, rounds=1):
    """Asked, answered, a review written, a case opened and closed, and told of a fix."""
    for _round in range(rounds):
        answer = make.response(3, "It came late", by=customer)
        mail = Invitation.objects.filter(pk=answer.invitation_id)
        mail.update(handed_at=days_ago(9), outcome="sent")
        Response.objects.filter(pk=answer.pk).update(answered_at=days_ago(8))
        review = make.feedback("Late again", by=customer)
        Feedback.objects.filter(pk=review.pk).update(received_at=days_ago(7))
        case = make.case(about=answer)
        case.activities.update(at=days_ago(6))
        this = Case.objects.filter(pk=case.pk)
        workflow.close(this, because="solved", by=sato, now=days_ago(5))
        notice = make.fix(answer.feedback).notices.create(
            customer=customer, feedback=answer.feedback, handed_at=days_ago(4)
        )
        Notice.objects.filter(pk=notice.pk).update(outcome="sent", settled_at=days_ago(4))
    Customer.objects.filter(pk=customer.pk).update(
        created_at=days_ago(10), attributes={"plan": "Gold"}
    )


def page_of(client, customer):
    return client.get(f"{LIST}{customer.pk}/change/", headers={"accept-language": "en"})


def told(page):
    return [str(event.what) for event in page.context["timeline"]]


def test_all_that_happened_stands_there_the_newest_first(desk, sato):
    customer = make.customer(name="Hanna")
    furnish(customer, sato)
    case, wave = Case.objects.get(), Invitation.objects.get().wave
    survey, fix = Response.objects.get().survey, Notice.objects.get().fix

    page = page_of(desk, customer)

    assert told(page) == [
        f"told of a fix: {fix}",
        f"case {case}: closed the case",
        f"case {case}: opened the case",
        "said: review",
        f"answered: {survey}",
        f"asked by mail: {wave}",
        "added, by an import, a form or a program",
    ]
    assert "Gold" in page.content.decode()


def test_scores_stand_in_the_order_of_time(desk):
    customer = make.customer()
    for score, days in ((3, 90), (9, 2)):
        answer = make.response(score, by=customer)
        Response.objects.filter(pk=answer.pk).update(answered_at=days_ago(days))

    scores = [each.score for each in page_of(desk, customer).context["scores"]]

    assert scores == ["3/10 · detractor", "9/10 · promoter"]


@pytest.mark.parametrize(
    ("may", "sees"),
    [
        ([], ["added"]),
        (["view_response"], ["answered", "added"]),
        (["view_feedback"], ["said", "said", "added"]),
        (["view_case"], ["case", "case", "added"]),
        (["view_notice"], ["told", "added"]),
    ],
)
def test_everybody_sees_only_what_they_may(client, sato, may, sees):
    customer = make.customer()
    furnish(customer, sato)
    somebody = User.objects.create_user("somebody", is_staff=True)
    somebody.user_permissions.set(Permission.objects.filter(codename__in=["view_customer", *may]))
    client.force_login(somebody)

    page = page_of(client, customer)

    assert [what.split(",")[0].split(":")[0].split(" ")[0] for what in told(page)] == sees
    assert bool(page.context["scores"]) is (may == ["view_response"])
    assert not page.context["may_stop_mail"]


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_long_story_costs_as_many_statements(desk, sato, rounds, django_assert_num_queries):
    customer = make.customer()
    furnish(customer, sato, rounds)
    page_of(desk, customer)

    with django_assert_num_queries(11):
        page_of(desk, customer)


def test_all_mail_is_stopped_after_asking_and_it_is_written_down(desk, sato):
    customer = make.customer()
    form = {"action": "stop_mail", "_selected_action": customer.pk, "index": "0"}
    form |= {"back": customer.pk}

    asked = desk.post(LIST, form)
    assert "Stop all mail to 1 customer?" in asked.content.decode()
    assert Customer.objects.subscribed().get() == customer
    done = desk.post(LIST, {**form, "asked": "yes"}, follow=True)

    assert done.redirect_chain == [(f"{LIST}{customer.pk}/change/", 302)]
    assert [str(each) for each in done.context["messages"]] == ["1 customer gets no mail any more."]
    assert Customer.objects.unsubscribed().get() == customer
    assert not done.context["may_stop_mail"]
    assert LogEntry.objects.get().user == sato


def test_stopping_twice_keeps_the_first_day(desk):
    customer = make.customer(unsubscribed=True)
    customer.refresh_from_db()
    form = {"action": "stop_mail", "_selected_action": customer.pk, "index": "0", "asked": "yes"}

    page = desk.post(LIST, form, follow=True)

    assert [str(each) for each in page.context["messages"]] == [
        "1 customer was left alone: mail to them was stopped before."
    ]
    assert Customer.objects.get().unsubscribed_at == customer.unsubscribed_at


def test_the_form_for_a_new_one_has_no_story(desk):
    assert b"desk-customer" not in desk.get(f"{LIST}add/").content
