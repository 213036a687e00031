"""Staff accounts and groups in the admin: who works here, and what they may do."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lib.admin_base import AdminPasswordChangeForm, DeskAdmin, UserChangeForm, UserCreationForm
from lib.desk.history import Event

admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(DjangoUserAdmin, DeskAdmin):  # type: ignore[type-arg]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    compressed_fields = False  # the two boxes of groups need the room
    filter_horizontal = ["groups"]
    list_display = ["called", "username", "email", "is_active", "is_staff"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal info"), {"fields": ["last_name", "first_name", "email"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]

    @admin.display(description=_("name"), ordering="last_name")
    def called(self, user: User) -> str:
        return str(user)

    def what_happened(self, request: HttpRequest, user: User) -> Iterator[Event]:
        yield Event(user.date_joined, _("the account was made"))
        if user.last_login:
            yield Event(user.last_login, _("last logged in"), user)


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, DeskAdmin):
    """Groups carry the permissions, so that what people may do can be seen in one place."""

    compressed_fields = False
