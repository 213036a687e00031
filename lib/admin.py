"""Staff accounts and groups in the admin: who works here, and what they may do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import ManyToManyField
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from lib.access import permission_names, rights
from lib.admin_base import (
    AdminPasswordChangeForm,
    DeskAdmin,
    UserChangeForm,
    UserCreationForm,
    person_at,
)
from lib.desk.history import Event

admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(DjangoUserAdmin, DeskAdmin):  # type: ignore[type-arg]
    """Accounts are looked after by those who have at least as many rights: lib/access/rights.py."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    compressed_fields = False  # the two boxes of groups need the room
    filter_horizontal = ["groups"]
    search_fields = [
        f"{field}__folded" for field in ("username", "last_name", "first_name", "email")
    ]
    list_display = ["called", "username", "email", "is_active", "is_staff"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal info"), {"fields": ["last_name", "first_name", "email"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_look_after(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_look_after(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if person_at(request).is_superuser else [*fields, "is_superuser"]

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "groups":
            options["queryset"] = rights.groups_within(person_at(request))
        return super().formfield_for_manytomany(db_field, request, **options)

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
    search_fields = ["name__folded"]

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_edit(request, obj)

    def formfield_for_manytomany(  # type: ignore[override]  # the admin always has a request
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name != "permissions":
            return super().formfield_for_manytomany(db_field, request, **options)
        offered = rights.of_user(person_at(request)).filter(content_type__in=_with_pages())
        options["queryset"] = offered.select_related("content_type")
        field: Any = super().formfield_for_manytomany(db_field, request, **options)
        field.label_from_instance = permission_names.name
        return field

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> Any:
        may_change = self.has_change_permission(request, obj) if obj else True
        return ["name", "permissions" if may_change else "what_it_allows"]

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> Any:
        return ["what_it_allows"]

    @admin.display(description=_("Permissions"))
    def what_it_allows(self, group: Group) -> SafeString:
        permissions = group.permissions.select_related("content_type")
        names = ((permission_names.name(permission),) for permission in permissions)
        return format_html_join(mark_safe("<br>"), "{}", names)


def _with_pages() -> Iterable[ContentType]:
    """The kinds of rows that stand on a page of the desk: rights on others allow nothing."""
    desks = admin.site._registry
    inside = [inline.model for desk in desks.values() for inline in desk.inlines]
    return ContentType.objects.get_for_models(*desks, *inside).values()


def _may_look_after(request: HttpRequest, user: User | None) -> bool:
    return user is None or rights.may_look_after(person_at(request), user)


def _may_edit(request: HttpRequest, group: Group | None) -> bool:
    return group is None or rights.may_edit(person_at(request), group)
