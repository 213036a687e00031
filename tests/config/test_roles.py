"""The groups that `migrate` makes: there from the first day, and the operator's from then on."""

from itertools import pairwise

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from config.roles import ROLES

pytestmark = pytest.mark.django_db


def permissions_of(group):
    return {
        f"{each.content_type.app_label}.{each.codename}"
        for each in group.permissions.select_related("content_type")
    }


@pytest.mark.parametrize("name", ROLES)
def test_a_new_site_has_each_role_with_all_its_permissions(name):
    assert permissions_of(Group.objects.get(name=name)) == set(ROLES[name])


def test_each_role_may_what_the_one_before_it_may():
    roles = [set(permissions) for permissions in ROLES.values()]

    assert all(less < more for less, more in pairwise(roles))


def test_what_an_operator_made_of_a_group_stays():
    viewer, support, *_more = Group.objects.order_by("pk")
    viewer.permissions.clear()
    export = Permission.objects.get(codename="export_unmasked")
    support.permissions.add(export)
    support.name = "Support"
    support.save()
    own = Group.objects.create(name="Our own")

    call_command("migrate", verbosity=0)

    assert not viewer.permissions.exists()
    assert export in support.permissions.all()
    assert not own.permissions.exists()
    assert Group.objects.filter(name="Support").count() == 1
