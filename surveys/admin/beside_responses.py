"""The register of responses: actions that rooms above add to their list, and lines to each page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Act = Callable[..., Any]  # (desk, request, responses) -> a page, or None to go back to the list
Line = Callable[..., Any]  # (response) -> what stands beside its label, with Django's `display`


@dataclass(frozen=True)
class Action:
    act: Act
    label: Any
    permission: str

    @property
    def name(self) -> str:
        return self.act.__name__


_actions: list[Action] = []
LINES: list[Line] = []


def register(label: Any, *, permission: str) -> Callable[[Act], Act]:
    """Decorate a function that acts on responses; its name is what the list's form posts."""

    def add(act: Act) -> Act:
        _actions.append(Action(act, label, permission))
        return act

    return add


def register_line(line: Line) -> Line:
    """Decorate a function that shows something more of a response, as `lib.access.shown` has it."""
    LINES.append(line)
    return line


def offered_to(user: Any) -> list[Action]:
    return [action for action in _actions if user.has_perm(action.permission)]
