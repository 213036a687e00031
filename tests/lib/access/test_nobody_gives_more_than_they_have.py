"""Accounts and groups: nobody gives rights they do not have, or takes over an account with more."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db

LOOKING_AFTER = [f"{what}_{kind}" for what in ("view", "add", "change", "delete")
                 for kind in ("user", "group")]  # fmt: skip
PASSWORD = "harbour-lantern-47"


def right(codename):
    return Permission.objects.get(codename=codename)


def group(name, *codenames):
    made = Group.objects.create(name=name)
    made.permissions.set(map(right, codenames))
    return made


def colleague(name, *codenames, **status):
    made = User.objects.create_user(name, password=make.PASSWORD, is_staff=True, **status)
    made.user_permissions.set(map(right, codenames))
    return made


@pytest.fixture
def mori(client):
    """Looks after accounts and may see customers; no superuser."""
    person = colleague("mori", *LOOKING_AFTER, "view_customer")
    client.force_login(person)
    return person


def page(user, what="change"):
    return reverse(f"admin:auth_user_{what}", args=[user.pk])


def save(client, user, **changes):
    fields = {"username": user.username, "is_active": "on", "is_staff": "on",
              "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}  # fmt: skip
    posted = {**fields, **changes}
    return client.post(page(user), {name: value for name, value in posted.items() if value})


def test_who_looks_after_accounts_does_not_make_themselves_superuser(client, mori):
    save(client, mori, is_superuser="on")

    mori.refresh_from_db()
    assert not mori.is_superuser


def test_nor_anybody_else(client, mori):
    new = colleague("new")

    save(client, new, is_superuser="on", last_name="Tanaka")

    new.refresh_from_db()
    assert (new.is_superuser, new.last_name) == (False, "Tanaka")


def test_nor_somebody_they_add(client, mori):
    client.post(
        reverse("admin:auth_user_add"),
        {"username": "new", "usable_password": "true", "password1": PASSWORD,
         "password2": PASSWORD, "is_superuser": "on", "is_staff": "on"},
    )  # fmt: skip

    new = User.objects.get(username="new")
    assert (new.is_superuser, new.is_staff) == (False, False)


def test_a_group_is_given_only_by_who_has_all_its_rights(client, mori):
    within = group("lookers", "view_customer")
    beyond = group("writers", "view_customer", "delete_customer")
    new = colleague("new")

    refused = save(client, new, groups=[within.pk, beyond.pk])
    assert refused.status_code == 200
    assert list(new.groups.all()) == []

    save(client, new, groups=[within.pk])
    assert list(new.groups.all()) == [within]


def test_rights_are_not_given_past_groups(client, mori):
    new = colleague("new")

    save(client, new, user_permissions=[right("delete_customer").pk])

    assert not new.user_permissions.exists()


@pytest.mark.parametrize(
    "status", [{}, {"is_active": False}, {"is_superuser": True},
               {"is_superuser": True, "is_active": False}]
)  # fmt: skip
def test_an_account_with_more_rights_is_not_touched(client, mori, status):
    boss = colleague("boss", "delete_customer", **status)
    before = (boss.password, boss.is_active)

    assert save(client, boss, username="mine").status_code == 403
    changed = client.post(
        reverse("admin:auth_user_password_change", args=[boss.pk]),
        {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert changed.status_code == 403
    assert client.post(page(boss, "delete"), {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"}
    assert client.post(reverse("admin:auth_user_changelist"), many).status_code == 403

    boss.refresh_from_db()
    assert (boss.username, (boss.password, boss.is_active)) == ("boss", before)


def test_nor_one_whose_group_has_more(client, mori):
    boss = colleague("boss")
    boss.groups.add(group("writers", "delete_customer"))

    assert save(client, boss, username="mine").status_code == 403


def test_an_account_with_no_more_rights_is(client, mori):
    new = colleague("new", "view_customer")

    save(client, new, username="renamed", is_active="")
    client.post(
        reverse("admin:auth_user_password_change", args=[new.pk]),
        {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD},
    )

    new.refresh_from_db()
    assert (new.username, new.is_active) == ("renamed", False)
    assert new.check_password(PASSWORD)
    assert client.post(page(new, "delete"), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(username="renamed").exists()


def test_a_group_gets_only_rights_that_its_editor_has(client, mori):
    lookers = group("lookers", "view_customer")
    address = reverse("admin:auth_group_change", args=[lookers.pk])
    more = [right("view_customer").pk, right("delete_customer").pk]

    refused = client.post(address, {"name": "lookers", "permissions": more})
    assert refused.status_code == 200
    assert [each.codename for each in lookers.permissions.all()] == ["view_customer"]

    client.post(address, {"name": "renamed", "permissions": [right("view_user").pk]})
    assert [each.codename for each in lookers.permissions.all()] == ["view_user"]


def test_a_new_group_too(client, mori):
    more = {"name": "writers", "permissions": [right("delete_customer").pk]}
    client.post(reverse("admin:auth_group_add"), more)

    assert not Group.objects.filter(name="writers").exists()


def test_a_group_with_more_rights_is_neither_changed_nor_deleted(client, mori):
    writers = group("writers", "delete_customer")
    address = reverse("admin:auth_group_change", args=[writers.pk])

    assert client.post(address, {"name": "x", "permissions": []}).status_code == 403
    delete = reverse("admin:auth_group_delete", args=[writers.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [writers.pk], "post": "yes"}
    assert client.post(reverse("admin:auth_group_changelist"), many).status_code == 403

    writers.refresh_from_db()
    assert (writers.name, writers.permissions.count()) == ("writers", 1)


def test_a_superuser_gives_all_there_is(desk):
    new = colleague("new")
    writers = group("writers", "delete_customer")

    save(desk, new, is_superuser="on", groups=[writers.pk])

    new.refresh_from_db()
    assert (new.is_superuser, list(new.groups.all())) == (True, [writers])
