"""Permissions are named in the reader's language."""

import pytest
from django.contrib.auth.models import Group, Permission

from lib.access import permission_names
from tests import make

pytestmark = pytest.mark.django_db


def permission(codename):
    return Permission.objects.select_related("content_type").get(codename=codename)


@pytest.mark.parametrize(
    ("codename", "name"),
    [
        ("view_customer", "顧客：閲覧"),
        ("add_survey", "アンケート：追加"),
        ("delete_group", "グループ：削除"),
        ("export_unmasked", "個人情報を伏せずに書き出せる"),
    ],
)
def test_what_a_permission_allows_is_said_in_japanese(codename, name):
    assert permission_names.name(permission(codename)) == name


def test_the_page_of_a_group_says_so_to_who_may_edit_it_and_to_who_may_not(client):
    group = Group.objects.create(name="few")
    group.permissions.add(permission("view_customer"))
    page = f"/admin/auth/group/{group.pk}/change/"
    client.force_login(make.staff())
    assert "顧客：閲覧</option>" in client.get(page).content.decode()

    looker = make.staff(name="looker")
    looker.is_superuser = False
    looker.save()
    looker.user_permissions.add(permission("view_group"))
    client.force_login(looker)
    assert "顧客：閲覧" in client.get(page).content.decode()
