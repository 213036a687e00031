"""Who may give which rights: nobody gives more than they have, or takes over who has more.

Asked of the rows, not of the user: a user who is not active has no permissions for Django, but gets
them back with one tick.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet


def of_user(user: User) -> QuerySet[Permission]:
    """The permissions that a user has, or will have once active; all for a superuser."""
    if user.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(group__user=user) | Q(user=user)).distinct()


def beyond(user: User) -> QuerySet[Permission]:
    return Permission.objects.exclude(pk__in=of_user(user).values("pk"))


def groups_within(user: User) -> QuerySet[Group]:
    """The groups that give nothing which the user does not have."""
    return Group.objects.exclude(permissions__in=beyond(user))


def may_look_after(user: User, other: User) -> bool:
    """Whether the user may edit, delete or give a new password to another, or themselves."""
    if user.is_superuser:
        return True
    return not other.is_superuser and not _shared(of_user(other), beyond(user))


def may_edit(user: User, group: Group) -> bool:
    return user.is_superuser or not _shared(group.permissions.all(), beyond(user))


def _shared(some: QuerySet[Permission], others: QuerySet[Permission]) -> bool:
    return some.filter(pk__in=others.values("pk")).exists()
