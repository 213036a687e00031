"""Zendesk: tickets that changed, by its cursor, and of each the comments."""

from __future__ import annotations

import json
from typing import Any

from urllib3.util import make_headers

from voc.connectors.page import Cursor, Kind, Page, Site, items_in, read_json
from voc.intake.channels.source import Fields
from voc.intake.channels.zendesk import ZENDESK

TICKETS = "/api/v2/incremental/tickets/cursor.json"
PER_PAGE = 50  # a request more for each ticket; Zendesk lets at least 200 through in a minute


def _next_page(site: Site, cursor: Cursor) -> Page:
    headers = make_headers(basic_auth=f"{site.account}/token:{site.secret}")
    start = {"start_time": int(site.begins_at.timestamp())}
    query = {"include": "users", "per_page": PER_PAGE, **(dict(cursor) or start)}
    answer = read_json(site.get(TICKETS, query=query, headers=headers))
    users = answer.get("users") or []
    items: list[Fields] = []
    for ticket in answer.get("tickets") or []:
        if ticket.get("status") != "deleted":
            ticket["comments"] = _comments(site, ticket["id"], headers)
            whole = json.dumps({"tickets": [ticket], "users": users})
            items += items_in(whole, ZENDESK.opened)
    after = answer.get("after_cursor")
    is_last = bool(answer.get("end_of_stream", True)) or not after
    return Page(cursor={"cursor": after} if after else cursor, is_last=is_last, items=items)


def _comments(site: Site, ticket: Any, headers: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    path: str | None = f"/api/v2/tickets/{ticket}/comments.json"
    while path:
        answer = read_json(site.get(path, headers=headers))
        found += answer.get("comments") or []
        path = site.below(answer.get("next_page"))
    return found


KIND = Kind(_next_page, ZENDESK)
