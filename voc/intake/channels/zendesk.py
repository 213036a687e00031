"""Zendesk: tickets as its export and its interface give them (JSON), and its CSV of tickets.

What the requester wrote first has the id of the ticket, each comment after it the id of both: so
a CSV, which has no comments, and the JSON of the same tickets bring the first words once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from voc.intake.channels.source import Fields, Items, Source


def _opened(value: Any) -> Items | None:
    match value:
        case {"tickets": list(tickets)}:
            users = {str(user.get("id")): user for user in value.get("users") or []}
            return [item for ticket in tickets for item in _words_of(_known(ticket, users))]
        case {"ticket": {"requester_id": _} as ticket}:
            return _words_of({**ticket, "comments": value.get("comments", [])})
        case {"requester_id": _, "subject": _, "via": _}:
            return _words_of(value)
    return None


def _known(ticket: dict[str, Any], users: Mapping[str, Any]) -> dict[str, Any]:
    """The ticket with its requester, who stands beside the tickets in an answer."""
    requester = ticket.get("requester") or users.get(str(ticket.get("requester_id")))
    return {**ticket, "requester": requester} if requester else ticket


def _words_of(ticket: dict[str, Any]) -> Items:
    """What the requester wrote for all to see, one item each."""
    about = {name: value for name, value in ticket.items() if name != "comments"}
    comments = sorted(ticket.get("comments") or [_description(ticket)], key=_in_order)
    parts = ["", *(str(comment.get("id", "")) for comment in comments[1:])]
    return [
        {**about, "comment": {**comment, "part": part, "words": _plain(comment)}}
        for part, comment in zip(parts, comments, strict=True)
        if _is_theirs(comment, ticket)
    ]


def _description(ticket: dict[str, Any]) -> dict[str, Any]:
    """The first comment, of a ticket that comes without its comments."""
    author = ticket.get("submitter_id") or ticket["requester_id"]
    said = {"body": ticket.get("description"), "created_at": ticket.get("created_at")}
    return {**said, "author_id": author}


def _plain(comment: dict[str, Any]) -> Any:
    return comment.get("plain_body") or comment.get("body")


def _in_order(comment: dict[str, Any]) -> tuple[str, int]:
    id = str(comment.get("id", ""))
    return str(comment.get("created_at", "")), int(id) if id.isdecimal() else 0


def _is_theirs(comment: dict[str, Any], ticket: dict[str, Any]) -> bool:
    is_public = comment.get("public", True) not in (False, "false")
    return is_public and str(comment.get("author_id")) == str(ticket["requester_id"])


def _is_ours(fields: Fields) -> bool:
    """A row of the CSV that one of ours opened: its first words are not the customer's."""
    submitter, requester = fields.get("Submitter", ""), fields.get("Requester", "")
    return bool(submitter and requester) and submitter != requester


ZENDESK = Source(
    key="zendesk",
    name="Zendesk",
    channel="support",
    marks=(
        frozenset({"requester id", "subject", "comment part", "comment words"}),
        frozenset({"requester", "requester id", "submitter", "ticket type"}),
    ),
    columns={
        "text": ("comment.words", "description"),
        "id": ("id", "ticket id"),
        "part": ("comment.part",),
        "date": ("comment.created_at", "created_at", "created at"),
        "email": ("requester.email", "requester email"),
    },
    is_ours=_is_ours,
    opened=_opened,
)
