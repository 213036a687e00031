"""The desk: the inbox of feedback, listed, searched, filtered, sorted and leafed through."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.speed.contender import Done, Rounds
from benchmarks.speed.rows import Row, todoku_on
from benchmarks.speed.workloads import desk_data, site

LIST = "/admin/voc/feedback/"
PAGES = {
    "list": "",
    "rare word": "?pile=all&q=zuzuzu",
    "frequent word": "?q=返品",
    "English word": "?q=password",
    "one character": "?q=の",
    "filter": "?sentiment=negative&topic=speed&band=detractor",
    "by score": "?pile=all&o=2",
    "by date": "?pile=all&o=5",
}
DEEP = 100  # pages into the list
VISITS = 5  # to each page in a round
NEXT = re.compile(r'<a rel="next" href="([^"]+)"')

ROW = Row(
    "Desk: pages of the inbox, 50 rows each, one visitor",
    "pages",
    100_000,
    (todoku_on("postgresql"),),
    notes=("Through Django's test client, as one of the staff who may do everything.",),
)


def todoku(size: int) -> Rounds:
    site.migrated()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    desk_data.fill(size)
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.create_superuser("bench"))
    pages = {name: LIST + query for name, query in PAGES.items()}
    pages[f"page {DEEP}"] = _deep(client)
    yield None
    while True:
        yield _visit(client, pages)


def _deep(client: Any) -> str:
    """The address of a page far into the list; by its number, where there are numbers."""
    address = LIST
    for _ in range(DEEP - 1):
        following = NEXT.search(client.get(address).content.decode())
        if not following:
            return f"{LIST}?p={DEEP}"
        address = LIST + unescape(following[1])
    return address


def _visit(client: Any, pages: dict[str, str]) -> Done:
    seen: dict[str, list[tuple[float, float, int, int]]] = defaultdict(list)
    for _ in range(VISITS):
        for name, address in pages.items():
            seen[name].append(_look_at(client, address))
    latencies = [visit[0] for visits in seen.values() for visit in visits]
    more: dict[str, float] = {}
    for name, visits in seen.items():
        wall, sql, statements, size = (median(values) for values in zip(*visits, strict=True))
        more |= {f"{name}, ms": wall * 1000, f"{name}, ms in SQL": sql * 1000}
        more |= {f"{name}, statements": statements, f"{name}, kB": size / 1000}
    return Done(len(latencies), latencies, more=more)


def _look_at(client: Any, address: str) -> tuple[float, float, int, int]:
    """Seconds, seconds in SQL, statements and bytes of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as statements:
        begun = perf_counter()
        page = client.get(address)
        wall = perf_counter() - begun
    assert page.status_code == 200, (address, page.status_code)
    sql = sum(float(each["time"]) for each in statements.captured_queries)
    return wall, sql, len(statements), len(page.content)


CONTENDERS = {"todoku": todoku}
