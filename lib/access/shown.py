"""What a page may show: each of its parts needs the permission to see what stands in it.

A column, field, search or filter that leads to another model with a page on the desk, such as
customer__email, needs that model's permission. What a method or a class of its own makes says so
with `@shows`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

# Colleagues know each other by name: who looks after an item is no secret on the desk.
KNOWN_TO_ALL = {User, Group}

Part = TypeVar("Part", bound=Callable[..., Any])


def shows(*labels: str) -> Callable[[Part], Part]:
    """Decorate a method or a filter that shows rows of others: `@shows("surveys.customer")`."""

    def mark(part: Part) -> Part:
        part.shows = labels  # type: ignore[attr-defined]
        return part

    return mark


def may_see(user: AbstractBaseUser | AnonymousUser, model: type[Model] | str) -> bool:
    """As Django's admin has it: whoever may change a row may see it."""
    opts = (apps.get_model(model) if isinstance(model, str) else model)._meta
    names = (f"{opts.app_label}.{what}_{opts.model_name}" for what in ("view", "change"))
    return any(user.has_perm(name) for name in names)  # type: ignore[union-attr]


def may_show(user: AbstractBaseUser | AnonymousUser, desk: Any, part: Any) -> bool:
    """Whether this person may see a column, field, search or filter of an admin."""
    return all(may_see(user, model) for model in _shown_by(desk, part))


def permitted(user: AbstractBaseUser | AnonymousUser, desk: Any, parts: Iterable[Any]) -> list[Any]:
    """Those parts that this person may see; of a row of fields, what is left of it."""
    left = (_left_of(user, desk, part) if _is_row(part) else part for part in parts)
    return [part for part in left if part and may_show(user, desk, part)]


def _left_of(user: AbstractBaseUser | AnonymousUser, desk: Any, row: Any) -> tuple[str, ...]:
    return tuple(name for name in row if may_show(user, desk, name))


def _is_row(part: Any) -> bool:
    """A row of fields, and not a field with the filter for it."""
    return isinstance(part, list | tuple) and all(isinstance(one, str) for one in part)


def _shown_by(desk: Any, part: Any) -> Iterator[type[Model] | str]:
    name = part[0] if isinstance(part, list | tuple) else part
    maker = getattr(desk, name, None) if isinstance(name, str) else name
    yield from getattr(maker, "shows", ())
    if isinstance(name, str):
        yield from _on_the_way(desk.model, name.lstrip("^=@-"))


def _on_the_way(model: type[Model], path: str) -> Iterator[type[Model]]:
    """The models that a path leads to, of those that have a page on the desk."""
    for step in path.split("__"):
        try:
            reached = model._meta.get_field(step).related_model
        except FieldDoesNotExist:
            return
        if not isinstance(reached, type):
            return
        model = reached
        if admin.site.is_registered(model) and model not in KNOWN_TO_ALL:
            yield model
