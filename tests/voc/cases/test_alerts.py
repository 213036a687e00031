"""The people here are told of cases once: by mail, as each wants it, and in their chats."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from tests import make
from voc.cases import alerts, escalate, workflow
from voc.cases.alert_mail import Alerted, compose_alert
from voc.cases.notes import add_note
from voc.models import (
    AlertMail,
    AlertWebhook,
    Case,
    CaseAlert,
    CaseRule,
    Colleague,
    WebhookPost,
)

pytestmark = pytest.mark.django_db


def person(name, **settings):
    made = make.staff(name=name)
    made.email = f"{name}@office.example"
    made.save()
    Colleague.objects.create(user=made, language="en", **settings)
    return made


def opened(**how):
    return workflow.open_case(response=make.response(2), now=timezone.now(), **how)[0]


def written():
    """The mails as they would leave, by whom they are to."""
    rows = Alerted.query().order_by("pk")
    return [compose_alert(Alerted(*row)) for row in rows]


def test_whoever_gets_a_case_is_told():
    mei = person("mei")
    case = opened(owner=mei)

    (letter,) = written()

    assert (letter.to, letter.subject) == (
        ["mei@office.example"],
        f"#{case.pk} a new case is yours",
    )
    assert f"/admin/voc/case/{case.pk}/change/" in letter.body


def test_a_mail_says_nothing_that_the_customer_said():
    mei = person("mei")
    response = make.response(2, "My card is 4111", by=make.customer(name="Nora Bennett"))
    workflow.open_case(response=response, now=timezone.now(), owner=mei)

    (letter,) = written()

    for hidden in ("4111", "Nora", response.customer.email):
        assert hidden not in letter.body + letter.alternatives[0][0]


def test_who_does_it_themselves_is_not_told():
    mei = person("mei")
    opened(owner=mei, by=mei)
    workflow.assign(Case.objects.all(), to=person("ken"), by=mei, now=timezone.now())

    assert [letter.to for letter in written()] == [["ken@office.example"]]


def test_a_hand_over_tells_what_was_done():
    opened()
    workflow.assign(
        Case.objects.all(), to=person("ken"), by=person("mei"), now=timezone.now(), reason="Rang"
    )

    (letter,) = written()

    assert letter.subject.endswith("a case was handed over to you")
    assert "Rang" in letter.body


def test_many_cases_at_once_are_one_mail():
    opened()
    opened()
    workflow.assign(Case.objects.all(), to=person("ken"), by=None, now=timezone.now())

    (letter,) = written()

    assert letter.subject == "2 news of cases"
    assert letter.body.count("/admin/voc/case/") == 2


def test_a_digest_waits_for_the_morning_and_holds_the_day():
    mei = person("mei", alerts="morning")
    opened(owner=mei)
    opened(owner=mei)

    (waiting,) = AlertMail.objects.all()

    assert waiting.send_after > timezone.now()
    assert timezone.localtime(waiting.send_after).hour == 8
    assert waiting.alerts.count() == 2


@pytest.mark.parametrize(
    ("now", "morning"), [((30, 7, 59), (30, 8)), ((30, 8, 0), (31, 8)), ((30, 23, 0), (31, 8))]
)
def test_the_next_morning(now, morning):
    tokyo = ZoneInfo("Asia/Tokyo")

    found = alerts.next_morning(datetime(2026, 10, *now, tzinfo=tokyo))

    assert found == datetime(2026, 10, *morning, tzinfo=tokyo)


def test_who_wants_no_mail_gets_none():
    opened(owner=person("mei", alerts="none"))

    assert not AlertMail.objects.exists()


def overdue(**how):
    return opened(due_at=timezone.now() - timedelta(minutes=1), **how)


def test_an_overdue_case_is_escalated_once_and_written_down():
    mei, lead = person("mei"), person("lead")
    rule = CaseRule.objects.create(name="Low", escalate_to=lead)
    case = overdue(owner=mei, rule=rule)
    AlertMail.objects.all().delete()

    assert escalate.escalate_overdue(timezone.now()) == 1
    assert escalate.escalate_overdue(timezone.now()) == 0

    assert sorted(letter.to[0] for letter in written()) == [
        "lead@office.example",
        "mei@office.example",
    ]
    step = case.activities.get(what="escalate")
    assert (step.after, step.reason) == ("lead", "overdue")


def test_without_a_lead_it_says_so():
    case = overdue()

    escalate.escalate_overdue(timezone.now())

    assert case.activities.get(what="escalate").reason == "overdue: nobody"


def test_a_new_due_time_may_pass_as_well():
    overdue()
    escalate.escalate_overdue(timezone.now())
    workflow.set_due(Case.objects.all(), due_at=timezone.now(), by=None, now=timezone.now())

    assert escalate.escalate_overdue(timezone.now()) == 1


def test_what_waits_for_the_customer_is_not_overdue():
    overdue()
    workflow.wait(Case.objects.all(), by=None, now=timezone.now())

    assert escalate.escalate_overdue(timezone.now()) == 0


def test_cases_of_who_left_go_to_whom_their_rule_names():
    mei, ken = person("mei"), person("ken")
    rule = CaseRule.objects.create(name="Low", gives="in_turn")
    rule.people.set([mei, ken])
    case, other = opened(owner=mei, rule=rule), opened(owner=mei)
    mei.is_active = False
    mei.save()

    assert escalate.give_on_what_was_left(timezone.now()) == 2
    assert escalate.give_on_what_was_left(timezone.now()) == 0

    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.owner, other.owner) == (ken, None)
    assert case.activities.get(what="assign").reason == "owner left"


def test_whoever_is_mentioned_in_a_note_is_told():
    mei, ken = person("mei"), person("ken")
    person("kenji")
    case = opened()

    told = add_note(case, "@Kenさん、@ken can you ring? mail@office", by=mei, now=timezone.now())

    assert told == [ken]
    (letter,) = written()
    assert "can you ring?" in letter.body


@pytest.mark.parametrize(("text", "names"), [("@kenji.", ["kenji"]), ("@ken,@mei", ["ken", "mei"])])
def test_mentions_are_whole_names(text, names):
    for name in ("mei", "ken", "kenji"):
        person(name)

    told = add_note(opened(), text, by=make.staff(), now=timezone.now())

    assert [each.username for each in told] == names


def test_every_chat_hears_of_a_case_once():
    AlertWebhook.objects.create(name="A", kind="slack", url="https://a.example/")
    AlertWebhook.objects.create(name="B", kind="teams", url="https://b.example/", is_on=False)
    overdue(owner=person("mei"))
    escalate.escalate_overdue(timezone.now())

    posts = WebhookPost.objects.values_list("webhook__name", "kind")
    assert sorted(posts) == [("A", "new"), ("A", "overdue")]


def test_a_rule_lead_who_left_is_not_told():
    lead = person("lead")
    lead.is_active = False
    lead.save()
    overdue(rule=CaseRule.objects.create(name="Low", escalate_to=lead))

    escalate.escalate_overdue(timezone.now())

    assert not CaseAlert.objects.exists()
    assert mail.outbox == []
