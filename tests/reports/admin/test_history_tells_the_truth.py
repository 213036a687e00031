"""The history of a row says what happened, when and by whom, whatever wrote it down."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from reports.fixes.ship import ship
from surveys.models import Invitation
from tests import make
from voc.models import Classifier, CustomerMail, Export, Feedback, Theme, Topic
from voc.topics import phrase_changes
from voc.topics.merge import merge
from voc.triage import corrections, workflow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


@pytest.fixture
def mariko():
    return User.objects.create_superuser("mariko", last_name="森", first_name="真理子")


def page_of(row, what="history"):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{what}"
    return reverse(name, args=[row.pk])


def events(desk, row):
    return [
        (str(event.what), "Todoku" if event.is_by_itself else str(event.who), event.words)
        for event in desk.get(page_of(row)).context["events"]
    ]


def press(client, row, action, **more):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist"
    chosen = {"action": action, "_selected_action": [row.pk], "asked": "yes", **more}
    return client.post(reverse(name), chosen)


def test_a_fix_just_shipped_says_who_shipped_it(desk, client, mariko):
    item = make.feedback("Slow", by=make.customer())
    fix = make.fix(item, by=mariko)
    client.force_login(mariko)

    client.post(page_of(fix, "change").replace("change", "ship"))

    assert events(desk, fix) == [
        ("was shipped", "森 真理子", ""),
        ("1 item asks for it", "森 真理子", ""),
        ("recorded", "森 真理子", ""),
    ]


def test_a_fix_that_a_program_shipped_knows_by_whom_and_who_was_told(desk, mariko):
    fix = make.fix(make.feedback("Slow", by=make.customer()), by=mariko)
    ship(fix, by=mariko, now=timezone.now())
    now = timezone.now()
    fix.notices.update(outcome="sent", handed_at=now, settled_at=now)

    assert events(desk, fix)[:2] == [
        ("1 customer was told by mail", "Todoku", ""),
        ("was shipped", "森 真理子", ""),
    ]


def test_an_item_says_how_it_came_and_what_people_did(desk, mariko):
    item, emma = make.feedback("Slow"), User.objects.create_user("emma", last_name="Clark")
    Feedback.objects.filter(pk=item.pk).update(
        analyzed_at=timezone.now(), sentiment="neutral", analyzer="rules-2"
    )
    this = Feedback.objects.filter(pk=item.pk)
    workflow.assign(this, to=emma, by=mariko)
    corrections.correct_sentiment(this.get(), "negative", by=mariko)
    workflow.dismiss(this, reason="A test", by=emma)

    assert events(desk, this.get()) == [
        ("dismissed it", "Clark", "A test"),
        ("corrected the sentiment neutral → negative", "森 真理子", ""),
        ("gave it to Clark", "森 真理子", ""),
        ("was analyzed", "Todoku", "rules 2"),
        ("arrived: review", "Todoku", ""),
    ]


def test_a_customer_was_added_asked_and_answered_and_has_unsubscribed(desk):
    customer = make.customer(name="Hanako")
    make.response(3, "Too slow", by=customer, about=make.survey(name="After delivery"))
    Invitation.objects.update(outcome="sent", handed_at=timezone.now(), settled_at=timezone.now())
    customer.unsubscribe(timezone.now())

    told = events(desk, customer)

    assert ("unsubscribed: no mail since then", "", "") in told
    assert ("answered: After delivery", "Hanako", "3/10 · Too slow") in told
    assert ("asked by mail: After delivery #1", "Todoku", "sent") in told
    assert told[-1] == ("added, by an import, a form or a program", "", "")


def test_what_one_may_not_see_stands_in_no_history_either(client):
    customer = make.customer(name="Hanako")
    make.response(3, "Too slow", by=customer)
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_customer"))
    client.force_login(viewer)

    page = client.get(page_of(customer)).content.decode()

    assert "Too slow" not in page
    assert client.get(page_of(make.fix())).status_code == 403


def test_a_merged_topic_says_so_on_both_sides(desk, client, mariko):
    one, other = make.topic("one"), make.topic("other")
    client.force_login(mariko)

    client.post(page_of(one, "change").replace("change", "merge"), {"into": other.pk})

    expected = [("“one” is part of “other” now.", "森 真理子", "")]
    one.refresh_from_db()
    assert one.merged_into == other
    assert [(what, who, words) for what, who, words in events(desk, one)] == expected
    assert events(desk, other) == expected


def test_phrases_that_came_and_went_are_told(desk, mariko):
    topic = make.topic("rust", en=("rusty",))
    change = phrase_changes.propose(
        topic, phrases={"ja": [], "en": ["corroded"]}, by=mariko, now=timezone.now()
    )
    phrase_changes.withdraw(change, now=timezone.now())

    assert sorted(events(desk, topic)) == [
        ("proposed a change of phrases", "森 真理子", "+ corroded − rusty"),
        ("the change of phrases was thrown away", "", ""),
    ]


def test_a_verb_on_the_desk_is_written_down_in_every_readers_language(desk, client, mariko):
    client.force_login(mariko)
    survey, mail = make.survey(), make.invitation()
    Invitation.objects.update(outcome="refused", handed_at=timezone.now())
    theme = Theme.objects.create(
        language="en", phrase="zip", n=12, texts=340, n_before=1, texts_before=910, strength=4.2,
        starts=timezone.now(), ends=timezone.now(),
    )  # fmt: skip

    press(client, survey, "begin_a_new_wave")
    press(client, mail, "send_again")
    press(client, theme, "dismiss", pile="all")

    assert ("A new wave begun.", "森 真理子", "") in events(desk, survey)
    assert ("Sent again.", "森 真理子", "") in events(desk, mail)
    assert events(desk, theme)[0] == ("Dismissed.", "森 真理子", "")
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    assert "もう一度送りました。" in desk.get(page_of(mail)).content.decode()


def test_what_left_everything_alone_is_no_history(desk, client, mariko):
    client.force_login(mariko)
    mail = make.invitation()

    press(client, mail, "send_again")

    assert [what for what, *_rest in events(desk, mail)] == ["waits to be sent then"]


# What happens to these happens at the desk, which writes it down.
MADE_AT_THE_DESK = {"ReplyTemplate", "Connector",
    "Group", "Topic", "Theme", "Absence", "Colleague", "BusinessCalendar", "AlertWebhook",
}  # fmt: skip


def test_where_something_happened_no_history_is_empty(desk):
    item = make.response(3, "Slow").feedback
    make.fix(item).notices.create(customer=item.customer, feedback=item)
    make.skip()
    make.claim()
    make.uploaded_import("email\nhana@example.com\n")
    merge(make.topic("a"), make.topic("b"), by=None, now=timezone.now())
    Classifier.objects.create(
        language="ja", version=1, state="in_use", examples=1, corrected=0, rules_version="rules"
    )
    Export.objects.create(items=3, masked=True)
    make.case(owner=make.staff())
    make.office(of=make.staff())
    make.reply()
    CustomerMail.objects.create(message_id="<a@b>")
    models = [m for m in admin.site._registry if m.__name__ not in MADE_AT_THE_DESK]

    pages = {m.__name__: desk.get(page_of(m._default_manager.first())) for m in models}

    assert {name for name, page in pages.items() if page.status_code != 200} == set()
    empty = {n for n, page in pages.items() if "Nobody has changed" in page.content.decode()}
    assert empty == set()


def test_what_was_there_from_the_beginning_says_so(desk):
    page = desk.get(page_of(Topic.objects.first() or make.topic("x"))).content.decode()

    assert "Nobody has changed anything here. It was there from the beginning" in page


def test_a_longer_history_asks_no_more_of_the_database(desk, django_assert_num_queries):
    customer = make.customer()
    make.response(3, by=customer)
    desk.get(page_of(customer))

    with django_assert_num_queries(7):
        desk.get(page_of(customer))
    for _more in range(3):
        make.response(3, by=customer)
    with django_assert_num_queries(7):
        desk.get(page_of(customer))
