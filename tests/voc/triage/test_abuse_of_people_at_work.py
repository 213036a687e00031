"""Abuse is folded, handed to a lead in one step and recorded; it stays in all numbers."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from tests import make
from voc.cases.workflow import open_case
from voc.models import Feedback
from voc.tasks import analyze_waiting_feedback
from voc.triage import abuse, corrections
from voc.triage.workflow import Result

pytestmark = pytest.mark.django_db

THREAT = "夜道に気をつけろよ。担当の名前は覚えたからな"
ANGER = "最悪です。責任者を出してください。二度と使いません"
ITEM = "admin:voc_feedback_change"


@pytest.fixture(autouse=True)
def in_english(client, admin_client):
    for each in (client, admin_client):
        each.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def threat():
    return analyzed(THREAT)


def analyzed(text, **how):
    made = make.feedback(text, **how)
    analyze_waiting_feedback()
    made.refresh_from_db()
    return made


def this(item):
    return Feedback.objects.filter(pk=item.pk)


def lead(name="lead"):
    person = make.staff(name=name)
    person.is_superuser = False
    person.save()
    person.user_permissions.add(Permission.objects.get(codename="lead_feedback"))
    return person


def test_a_threat_is_found_with_the_words_that_show_it(threat):
    [(kind, start, end)] = [sign for sign in threat.signs if sign[0] == "threat"]

    assert (threat.abuse, kind) == ("threat", "threat")
    assert threat.text[start:end] == "夜道に気をつけ"


def test_anger_is_no_abuse():
    assert analyzed(ANGER).abuse is None


def test_in_the_list_its_words_are_folded(admin_client, threat):
    page = admin_client.get(reverse("admin:voc_feedback_changelist")).content.decode()

    assert "threat" in page
    assert "夜道" not in page


def test_on_its_page_they_stand_behind_a_warning(admin_client, threat):
    page = admin_client.get(reverse(ITEM, args=[threat.pk])).content.decode()

    warning, _fold, folded = page.partition("These words may hurt.")
    assert "夜道" not in warning
    assert "夜道" in folded


def test_one_press_gives_it_to_the_lead_who_has_least_to_do(client, threat):
    busy, free = lead("busy"), lead("free")
    make.feedback()
    Feedback.objects.exclude(pk=threat.pk).update(owner=busy, status="taken")
    client.force_login(make.staff())

    page = act(client, "hand_to_a_lead", threat)

    threat.refresh_from_db()
    assert (threat.owner, threat.status) == (free, "taken")
    assert "You need not read it again" in page


def test_without_a_lead_it_stays_and_says_what_to_do(client, threat):
    client.force_login(make.staff())

    page = act(client, "hand_to_a_lead", threat)

    threat.refresh_from_db()
    assert (threat.owner, threat.status) == (None, "new")
    assert "Ask an administrator" in page


def act(client, action, item):
    where = reverse("admin:voc_feedback_changelist") + "?pile=all"
    said = {"action": action, "_selected_action": item.pk, "index": 0}
    return client.post(where, said, follow=True).content.decode()


def test_a_persons_word_on_it_survives_another_reading(threat):
    ken = make.staff()

    assert abuse.judge(this(threat), None, by=ken) == Result(1, 0)
    assert abuse.judge(this(threat), None, by=ken) == Result(0, 1)
    this(threat).queue_for_analysis()
    analyze_waiting_feedback()

    threat.refresh_from_db()
    assert (threat.abuse, threat.abuse_by) == (None, "person")
    assert "threat" not in [kind for kind, _start, _end in threat.signs]


def test_to_correct_what_they_want_leaves_the_words_of_abuse_marked(threat):
    corrections.correct_signs(threat, intent="complaint", urgency=None, by=make.staff())

    threat.refresh_from_db()
    assert "threat" in [kind for kind, _start, _end in threat.signs]


def test_to_let_the_machine_read_again_takes_back_what_a_person_said_of_it(threat):
    abuse.judge(this(threat), None, by=make.staff())
    corrections.undo_corrections(this(threat), by=make.staff())
    analyze_waiting_feedback()

    threat.refresh_from_db()
    assert (threat.abuse, threat.abuse_by) == ("threat", "machine")


def test_what_the_machine_missed_a_person_can_say(client):
    item = analyzed(ANGER)
    client.force_login(make.staff())

    where = reverse("admin:voc_feedback_changelist") + "?pile=all"
    said = {"action": "mark_abusive", "_selected_action": item.pk, "index": 0}
    asked = client.post(where, said).content.decode()
    assert "How does it abuse people?" in asked
    client.post(where, said | {"asked": "yes", "kind": "insult"})

    item.refresh_from_db()
    assert (item.abuse, item.abuse_by) == ("insult", "person")


def test_it_can_be_filtered_for(admin_client, threat):
    analyzed(ANGER)
    where = reverse("admin:voc_feedback_changelist")

    found = admin_client.get(where + "?abuse=yes").context["cl"].result_list
    assert [item.pk for item in found] == [threat.pk]


def test_the_record_says_what_was_said_and_done(client):
    mei = make.customer(name="Mei")
    first, second = analyzed(THREAT, by=mei), analyzed("土下座して謝れ", by=mei)
    boss = lead()
    abuse.hand_over(this(first), to=boss, by=make.staff(name="ken"))
    client.force_login(make.staff(name="boss"))

    page = client.get(reverse("admin:voc_feedback_record", args=[first.pk])).content.decode()

    assert all(said in page for said in ["夜道に気をつけ", "Mei", "ken", "lead", f">{second.pk}<"])


def test_the_record_is_for_leads_only(client, threat):
    ken = make.staff()
    ken.is_superuser = False
    ken.save()
    ken.user_permissions.add(Permission.objects.get(codename="view_feedback"))
    client.force_login(ken)
    record = reverse("admin:voc_feedback_record", args=[threat.pk])

    assert client.get(record).status_code == 403
    ken.user_permissions.add(Permission.objects.get(codename="lead_feedback"))
    assert client.get(record).status_code == 200


def test_what_is_not_abusive_has_no_record(admin_client):
    item = analyzed(ANGER)

    assert admin_client.get(reverse("admin:voc_feedback_record", args=[item.pk])).status_code == 404


@pytest.mark.parametrize("page", ["case", "case_list", "customer", "item_in_a_thread"])
def test_wherever_else_they_stand_they_are_folded_too(admin_client, page):
    threat = analyzed(THREAT, by=make.customer())
    case, _is_new = open_case(feedback=threat, now=timezone.now())
    addresses = {
        "case": reverse("admin:voc_case_change", args=[case.pk]),
        "case_list": reverse("admin:voc_case_changelist"),
        "customer": reverse("admin:surveys_customer_change", args=[threat.customer_id]),
        "item_in_a_thread": reverse(ITEM, args=[threat.pk]),
    }

    shown = admin_client.get(addresses[page]).content.decode()

    assert "夜道" not in re.sub(r"(?s)<details class=\"desk-folded\">.*?</details>", "", shown)
