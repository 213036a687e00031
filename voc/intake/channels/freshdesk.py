"""Freshdesk: tickets as its interface and its account's export give them (JSON), and its CSV.

What the requester wrote first has the id of the ticket, as in the CSV; each reply has both ids.
"""

from __future__ import annotations

from typing import Any

from voc.intake.channels.source import Items, Source

REPLIES = ("conversations", "notes", "helpdesk_notes")
OUTBOUND = "10"  # a mail that one of ours began


def _opened(value: Any) -> Items | None:
    match value:
        case {"tickets": [{"requester_id": _, "description_text": _}, *_] as tickets}:
            return [item for ticket in tickets for item in _words_of(ticket)]
        case {"helpdesk_ticket": {"requester_id": _} as ticket}:
            return _words_of({**ticket, "id": ticket.get("display_id") or ticket.get("id")})
        case {"requester_id": _, "description_text": _}:
            return _words_of(value)
    return None


def _words_of(ticket: dict[str, Any]) -> Items:
    about = {name: value for name, value in ticket.items() if name not in REPLIES}
    replies: Items = next((ticket[name] for name in REPLIES if ticket.get(name)), [])
    theirs = [_bare(reply) for reply in replies]
    items = [{**about, "reply": reply} for reply in theirs if _is_theirs(reply)]
    began = {"body_text": _first_words(ticket), "created_at": ticket.get("created_at"), "id": ""}
    return items if str(ticket.get("source")) == OUTBOUND else [{**about, "reply": began}, *items]


def _first_words(ticket: dict[str, Any]) -> Any:
    return ticket.get("description_text") or ticket.get("description")


def _bare(reply: dict[str, Any]) -> dict[str, Any]:
    """A reply; the account's export wraps each, and calls its words otherwise."""
    bare = reply.get("helpdesk_note", reply)
    return {**bare, "body_text": bare.get("body_text") or bare.get("body")}


def _is_theirs(reply: dict[str, Any]) -> bool:
    return _true(reply.get("incoming")) and not _true(reply.get("private"))


def _true(value: Any) -> bool:
    return value in (True, "true")


FRESHDESK = Source(
    key="freshdesk",
    name="Freshdesk",
    channel="support",
    marks=(
        frozenset({"requester id", "reply body text", "reply created at"}),
        frozenset({"ticket id", "subject", "created time", "description"}),
    ),
    columns={
        "text": ("reply.body_text", "description"),
        "id": ("id", "ticket id"),
        "part": ("reply.id",),
        "date": ("reply.created_at", "created time"),
        "email": ("requester.email", "requester email", "email", "contact email"),
    },
    opened=_opened,
)
