"""Every room adds its actions to the inbox, and none takes another's away."""

import pytest
from django.contrib import messages
from django.contrib.admin.exceptions import AlreadyRegistered
from django.contrib.auth.models import Permission, User

from tests import make
from voc.admin.feedback import actions

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/feedback/"


@pytest.fixture
def another_room(monkeypatch):
    """It replies to customers, and only to those whose address is known."""

    monkeypatch.setattr(actions, "_registered", dict(actions._registered))

    def has_address(item, user):
        return item.customer is not None

    @actions.register("Reply…", permission="surveys.add_survey", fits=has_address)
    def reply(desk, request, items):
        desk.message_user(request, f"{items.count()} replied to", messages.SUCCESS)


def offered(client):
    choices = client.get(f"{LIST}?pile=all").context["action_form"].fields["action"].choices
    return [name for name, _label in choices if name]


def buttons(client, item):
    return [each.name for each in client.get(f"{LIST}{item.pk}/change/").context["buttons"]]


def login(client, *permissions):
    person = User.objects.create_user("mori", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(person)


def test_the_actions_of_two_rooms_stand_after_those_of_triage(desk, another_room):
    item = make.feedback(by=make.customer())

    assert offered(desk) == [
        "take",
        "assign",
        "dismiss",
        "reopen",
        "set_sentiment",
        "confirm",
        "analyze_again",
        "hand_to_a_lead",
        "mark_abusive",
        "mark_fair",
        "export",
        "open_a_case",
        "record_fix",
        "add_to_fix",
        "reply",
    ]
    assert buttons(desk, item) == [
        "take",
        "assign",
        "dismiss",
        "mark_abusive",
        "open_a_case",
        "record_fix",
        "add_to_fix",
        "reply",
    ]


def test_an_action_acts(desk, another_room):
    item = make.feedback()

    page = desk.post(LIST, {"action": "reply", "_selected_action": [item.pk]}, follow=True)

    assert [str(message) for message in page.context["messages"]] == ["1 replied to"]


def test_an_item_offers_what_fits_it(desk, another_room):
    assert "reply" not in buttons(desk, make.feedback(by=None))


def test_who_may_not_is_offered_neither(client, another_room):
    item = make.feedback(by=make.customer())
    login(client, "view_feedback", "change_feedback", "add_fix")

    assert offered(client)[-2:] == ["record_fix", "add_to_fix"]
    assert buttons(client, item)[-2:] == ["record_fix", "add_to_fix"]
    refused = client.post(LIST, {"action": "reply", "_selected_action": [item.pk]}, follow=True)
    assert "1 replied to" not in refused.content.decode()


def test_each_room_asks_for_its_own_permission(client, another_room):
    make.feedback()
    login(client, "view_feedback", "add_survey")

    assert offered(client) == ["export", "reply"]


def test_a_name_that_is_taken_is_an_error_that_says_so():
    with pytest.raises(AlreadyRegistered) as error:

        @actions.register("Dismiss")
        def dismiss(desk, request, items): ...

    assert str(error.value) == (
        "The inbox has an action named dismiss already, from voc.admin.feedback.triage_actions. "
        f"Give the one in {__name__} another name."
    )
