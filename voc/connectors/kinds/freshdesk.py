"""Freshdesk: tickets that changed, the longest ago first, and of each its conversations."""

from __future__ import annotations

import json
from typing import Any

from urllib3.util import make_headers

from voc.connectors.page import Cursor, Kind, Page, Site, items_in, read_json
from voc.intake.channels.freshdesk import FRESHDESK
from voc.intake.channels.source import Fields

PER_PAGE = 30


def _next_page(site: Site, cursor: Cursor) -> Page:
    """By time, not by number: a ticket that changes meanwhile would push another off its page."""
    headers = make_headers(basic_auth=f"{site.secret}:X")
    since = str(cursor.get("since") or site.begins_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    number = int(cursor.get("page", 1))
    query = {
        "updated_since": since,
        "order_by": "updated_at",
        "order_type": "asc",
        "include": "requester,description",
        "per_page": PER_PAGE,
        "page": number,
    }
    tickets = read_json(site.get("/api/v2/tickets", query=query, headers=headers))
    items: list[Fields] = []
    for ticket in tickets:
        ticket.setdefault("description_text", ticket.get("description"))
        ticket["conversations"] = _conversations(site, ticket["id"], headers)
        items += items_in(json.dumps(ticket), FRESHDESK.opened)
    newest = max([since, *(str(ticket.get("updated_at", "")) for ticket in tickets)])
    ahead = {"since": newest} if newest > since else {"since": since, "page": number + 1}
    is_last = len(tickets) < PER_PAGE
    return Page({"since": newest} if is_last else ahead, is_last=is_last, items=items)


def _conversations(site: Site, ticket: Any, headers: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    number, more = 1, True
    while more:
        query = {"per_page": 100, "page": number}
        path = f"/api/v2/tickets/{ticket}/conversations"
        page = read_json(site.get(path, query=query, headers=headers))
        found += page
        number, more = number + 1, len(page) == 100
    return found


KIND = Kind(_next_page, FRESHDESK)
