"""The groups that `migrate` makes: there from the first day, and the operator's from then on."""

import os
import sqlite3
import subprocess
import sys
from itertools import pairwise

import pytest
from django.conf import settings
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


def test_each_role_may_what_the_one_before_it_may_and_an_administrator_what_leads_may():
    viewer, support, lead, product, administrator = map(set, ROLES.values())

    assert all(less < more for less, more in pairwise([viewer, support, product, administrator]))
    assert support < lead < administrator


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


def test_the_demo_has_the_roles_too(tmp_path):
    """It is an app without models, and stands last."""
    database = f"sqlite:///{tmp_path}/demo.sqlite3"
    told = {"DEMO": "on", "SITE_URL": "http://127.0.0.1:8000", "DATABASE_URL": database}
    environment = {**os.environ, **told, "SECRET_KEY": settings.SECRET_KEY}
    make_tables = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(make_tables, cwd=settings.ROOT, env=environment, check=True)

    with sqlite3.connect(tmp_path / "demo.sqlite3") as tables:
        assert [name for (name,) in tables.execute("select name from auth_group")] == list(ROLES)
