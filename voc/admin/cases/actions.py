"""The registers of cases: actions of the list, which are buttons on a page, and panels of a page.

Each room and each part of the desk adds its own here; the list and the page only read them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.exceptions import AlreadyRegistered
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from voc.models import Case

Act = Callable[..., Any]  # (desk, request, cases) -> a page, or None to go back to the list
Fits = Callable[[Case, User], bool]
Show = Callable[[HttpRequest, Case], Any]  # -> HTML, or "" where there is nothing to show
Post = Callable[[Any, HttpRequest, Case], HttpResponse]  # (desk, request, case)


@dataclass(frozen=True)
class Action:
    """An entry of the list's menu, and a button on a case's page where it fits."""

    act: Act
    label: Any
    permission: str
    fits: Fits

    @property
    def name(self) -> str:
        return self.act.__name__


@dataclass(frozen=True)
class Panel:
    """A part of a case's page. What its form posts, under `name`, goes to `post`."""

    name: str
    show: Show
    permission: str
    post: Post | None = None


_actions: dict[str, Action] = {}
_panels: dict[str, Panel] = {}


def register(label: Any, *, permission: str, fits: Fits) -> Callable[[Act], Act]:
    """Decorate a function that acts on cases; its name is what the list's form posts."""

    def add(act: Act) -> Act:
        _add(_actions, Action(act, label, permission, fits))
        return act

    return add


def register_panel(
    name: str, *, permission: str, post: Post | None = None
) -> Callable[[Show], Show]:
    """Decorate a function that makes a panel, for whoever has the permission. Panels stand between
    the words and the timeline, in the order in which they are registered."""

    def add(show: Show) -> Show:
        _add(_panels, Panel(name, show, permission, post))
        return show

    return add


def _add(registered: dict[str, Any], new: Action | Panel) -> None:
    if new.name in registered:
        raise AlreadyRegistered(f"Cases have “{new.name}” already. Give this one another name.")
    registered[new.name] = new


def offered_to(user: User) -> list[Action]:
    return [action for action in _actions.values() if user.has_perm(action.permission)]


def fitting(case: Case, user: User) -> list[Action]:
    """Actions that the page of a case offers this person now."""
    return [action for action in offered_to(user) if action.fits(case, user)]


def panels(request: HttpRequest, case: Case) -> list[Any]:
    """What the panels show this person, those left out that show nothing."""
    shown = (panel.show(request, case) for panel in _permitted(request))
    return [panel for panel in shown if panel]


def posted_panel(request: HttpRequest) -> Post | None:
    """What takes the form that was posted, if a panel's."""
    named = (panel for panel in _permitted(request) if panel.name in request.POST)
    return next((panel.post for panel in named if panel.post), None)


def _permitted(request: HttpRequest) -> list[Panel]:
    user: Any = request.user
    return [panel for panel in _panels.values() if user.has_perm(panel.permission)]
