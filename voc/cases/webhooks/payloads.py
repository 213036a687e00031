"""What each chat takes: a body, and the headers that go with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

Body = tuple[bytes, dict[str, str]]
JSON = {"Content-Type": "application/json; charset=utf-8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


@dataclass(frozen=True)
class Message:
    """A message to a chat: a line, what stands under it, and where it leads."""

    title: str
    details: str
    link: str
    link_words: str


def for_slack(message: Message, secret: str) -> Body:
    """An incoming webhook. Slack's own signs are & < and >."""
    words = f"*{_slack(message.title)}*\n{_slack(message.details)}".strip()
    text = f"{words}\n<{message.link}|{_slack(message.link_words)}>"
    return _json({"text": text}), JSON


def for_teams(message: Message, secret: str) -> Body:
    """A card for a workflow of Teams that posts what a webhook brings."""
    lines = [{"type": "TextBlock", "text": message.title, "weight": "Bolder", "wrap": True}]
    if message.details:
        lines.append({"type": "TextBlock", "text": message.details, "wrap": True})
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": lines,
        "actions": [{"type": "Action.OpenUrl", "title": message.link_words, "url": message.link}],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    attachment = {"contentType": kind, "contentUrl": None, "content": card}
    return _json({"type": "message", "attachments": [attachment]}), JSON


def for_chatwork(message: Message, secret: str) -> Body:
    """A message of its API, at /v2/rooms/<room>/messages; the token goes in a header."""
    inside = "\n".join(filter(None, [message.details, message.link]))
    body = f"[info][title]{_chatwork(message.title)}[/title]{_chatwork(inside)}[/info]"
    return urlencode({"body": body}).encode(), {**FORM, "X-ChatWorkToken": secret}


FORMATS: dict[str, Callable[[Message, str], Body]] = {
    "slack": for_slack,
    "teams": for_teams,
    "chatwork": for_chatwork,
}


def _json(payload: object) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode()


def _slack(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _chatwork(words: str) -> str:
    """Chatwork's tags stand in brackets; those of others are no tags."""
    return words.replace("[", "［").replace("]", "］")
