"""Intercom: conversations that changed, the longest ago first, and of each all its parts."""

from __future__ import annotations

from typing import Any

from lib.tables.dates.written import EPOCH
from voc.connectors.page import Cursor, Kind, Page, Site, items_in, read_json
from voc.intake.channels.intercom import INTERCOM
from voc.intake.channels.source import Fields

SEARCH = "/conversations/search"
PER_PAGE = 20


def _next_page(site: Site, cursor: Cursor) -> Page:
    headers = {"Authorization": f"Bearer {site.secret}", "Intercom-Version": "2.11"}
    since = int(cursor.get("since", site.begins_at.timestamp()))
    asked = _asked(since, cursor.get("after"))
    answer = read_json(site.get(SEARCH, headers=headers, json=asked))
    items: list[Fields] = []
    newest = since
    for each in answer.get("conversations") or []:
        newest = max(newest, int(each.get("updated_at") or since))
        path = f"/conversations/{each['id']}?display_as=plaintext"
        items += items_in(site.get(path, headers=headers), INTERCOM.opened)
    ahead = ((answer.get("pages") or {}).get("next") or {}).get("starting_after")
    top = max(newest, int(cursor.get("newest", newest)))
    if ahead:
        return Page({"since": since, "after": ahead, "newest": top}, is_last=False, items=items)
    # Its clock has seconds: what changed in the same one as the last is fetched once more.
    return Page({"since": top - 1}, is_last=True, items=items)


def _asked(since: int, after: Any) -> dict[str, Any]:
    return {
        "query": {"field": "updated_at", "operator": ">", "value": since},
        "sort": {"field": "updated_at", "order": "ascending"},
        "pagination": {"per_page": PER_PAGE, **({"starting_after": after} if after else {})},
    }


KIND = Kind(_next_page, INTERCOM, date_form=EPOCH)
