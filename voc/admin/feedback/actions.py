"""The register of the inbox: every room adds its actions here, and when an item's page offers them.

The list and the item's page only read it, so no room takes another's admin down to add to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.exceptions import AlreadyRegistered
from django.contrib.auth.models import User

from voc.models import Feedback

Act = Callable[..., Any]  # (desk, request, items) -> a page, or None to go back to the list
Fits = Callable[[Feedback, User], bool]


@dataclass(frozen=True)
class Action:
    """An entry of the list's menu, and a button on an item's page where it fits.

    `permission` is named as Django names it; without one, whoever sees the list may do it.
    """

    act: Act
    label: Any
    permission: str | None
    fits: Fits

    @property
    def name(self) -> str:
        return self.act.__name__

    def may(self, user: User) -> bool:
        return self.permission is None or user.has_perm(self.permission)


def always(item: Feedback, user: User) -> bool:
    return True


def only_in_the_list(item: Feedback, user: User) -> bool:
    return False


_registered: dict[str, Action] = {}


def register(
    label: Any, *, permission: str | None = None, fits: Fits = always
) -> Callable[[Act], Act]:
    """Decorate a function that acts on items; its name is what the list's form posts."""

    def add(act: Act) -> Act:
        action = Action(act, label, permission, fits)
        if taken := _registered.get(action.name):
            raise AlreadyRegistered(
                f"The inbox has an action named {action.name} already, from "
                f"{taken.act.__module__}. Give the one in {act.__module__} another name."
            )
        _registered[action.name] = action
        return act

    return add


def offered_to(user: User) -> list[Action]:
    """Actions that this person may do, in the order of the rooms."""
    return [action for action in _registered.values() if action.may(user)]


def fitting(item: Feedback, user: User) -> list[Action]:
    """Actions that an item's page offers this person now."""
    return [action for action in offered_to(user) if action.fits(item, user)]
