"""Intercom: conversations as its interface gives them (JSON), and the remarks in its CSV."""

from __future__ import annotations

from typing import Any

from voc.intake.channels.source import Items, Source

CUSTOMERS = {"user", "lead", "contact"}
REMARK = "rating"  # the part of a conversation that is what they said of it


def _opened(value: Any) -> Items | None:
    match value:
        case {"conversations": list(conversations)}:
            return [item for each in conversations for item in _words_of(each)]
        case {"type": "conversation", "source": dict()}:
            return _words_of(value)
    return None


def _words_of(conversation: dict[str, Any]) -> Items:
    """What the customer wrote: how it began, each comment after it, and what they said of it."""
    about = {
        name: value
        for name, value in conversation.items()
        if name not in ("source", "conversation_parts")
    }
    parts = (conversation.get("conversation_parts") or {}).get("conversation_parts") or []
    said = [_beginning(conversation), *parts, _remark(conversation)]
    return [{**about, "part": part} for part in said if part and _is_theirs(part)]


def _beginning(conversation: dict[str, Any]) -> dict[str, Any]:
    began = conversation.get("source") or {}
    return {**began, "id": "", "created_at": conversation.get("created_at"), "part_type": "comment"}


def _remark(conversation: dict[str, Any]) -> dict[str, Any] | None:
    """The words beside a rating, which the customer gave whatever else they wrote."""
    rating = conversation.get("conversation_rating")
    if not isinstance(rating, dict) or not rating.get("remark"):
        return None
    author = {**(rating.get("contact") or {}), "type": "contact"}
    said = {"body": rating["remark"], "created_at": rating.get("created_at")}
    return {**said, "id": REMARK, "author": author, "part_type": "comment"}


def _is_theirs(part: dict[str, Any]) -> bool:
    author = part.get("author") or {}
    return part.get("part_type") in ("comment", "open") and author.get("type") in CUSTOMERS


INTERCOM = Source(
    key="intercom",
    name="Intercom",
    channel="support",
    marks=(frozenset({"part part type", "part body", "part created at"}),),
    columns={
        "text": ("part.body",),
        "title": ("part.subject",),
        "id": ("id",),
        "part": ("part.id",),
        "date": ("part.created_at",),
        "email": ("part.author.email",),
    },
    opened=_opened,
)


def _id_of_remark(conversation: str) -> str:
    return f"{conversation}:{REMARK}" if conversation else ""


INTERCOM_REMARKS = Source(
    key="intercom",
    name="Intercom",
    channel="support",
    marks=(frozenset({"conversation id", "conversation rating remark"}),),
    columns={
        "text": ("conversation rating remark",),
        "id": ("conversation id",),
        "date": ("conversation rated at", "updated at", "conversation started at"),
        "email": ("user email", "contact email"),
        "stars": ("conversation rating",),
    },
    read_id=_id_of_remark,
)
