"""The home page of the desk: what needs whoever looks, of all rooms, and today in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest

from lib.admin_base import person_at
from lib.desk.pages import count_some, in_words
from reports.admin.work_lists import TODAY, WORK_LISTS, WorkList


@dataclass(frozen=True)
class Line:
    """A sentence that counts rows, and the list that shows them."""

    words: str
    link: str
    cannot_wait: bool


@dataclass(frozen=True)
class Figure:
    """A number of today, also where it is 0."""

    number: str
    words: str
    link: str


def first_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context of the home page; django-unfold's DASHBOARD_CALLBACK."""
    me = person_at(request)
    return {
        **context,
        "waiting": list(_waiting(me)),
        "today": list(_today(me)),
        "may_see": bool(context["app_list"]),
    }


def _waiting(me: User) -> Iterator[Line]:
    """A line for each work list; an empty one is in nobody's way."""
    for work_list in _permitted(WORK_LISTS, me):
        if n := count_some(work_list.rows(me)):
            yield Line(work_list.said_of(n), work_list.link(me), work_list.cannot_wait)


def _today(me: User) -> Iterator[Figure]:
    for figure in _permitted(TODAY, me):
        n = count_some(figure.rows(me))
        yield Figure(in_words(n), str(figure.words), figure.link(me))


def _permitted(lists: list[WorkList], me: User) -> list[WorkList]:
    return [each for each in lists if each.may_be_seen_by(me)]
