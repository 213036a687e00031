"""Export: all feedback as a table, from the press on the list to the last byte of the file."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.speed.contender import Done, Rounds
from benchmarks.speed.rows import Contender, Row, todoku_on
from benchmarks.speed.workloads import site

if TYPE_CHECKING:
    from django.test import Client

    from voc.models import Feedback

HOST = "127.0.0.1:8000"
LIST = "/admin/voc/feedback/?pile=all"
TENTH = f"{LIST}&channel=support"
ITEMS_PER_INSERT = 1_000
# Every fifth says something personal.
WORDS = (
    "注文の画面がよく止まります。問い合わせをしてから二週間、何の返事もありません。",
    "The support team answered within five minutes and solved everything, thank you.",
    "サポートの方がすぐに電話をくださり、その日のうちに解決しました。一番助かりました。",
    "I have been waiting for a reply to my ticket for two weeks, and the app is slow.",
    "田中様から折り返しがありません。090-1234-5678まで、注文番号12345の件でお電話ください。",
)

ROW = Row(
    "Export: all feedback as a table, asked for on the list, downloaded to the last byte",
    "lines",
    50_000,
    (
        todoku_on("postgresql", "unmasked", "Todoku"),
        todoku_on("postgresql", "masked", "Todoku, masked"),
        Contender("idiomatic", "idiomatic Django (csv.writer, iterator, prefetch)"),
        todoku_on("sqlite", "masked", "Todoku, masked"),
    ),
    notes=(
        "An earlier Todoku streams what today's has a worker write: under gunicorn, for 30 seconds "
        "at most.",
    ),
)


def _todoku(answers: dict[str, str]) -> Callable[[int], Rounds]:
    def rounds(size: int) -> Rounds:
        _furnish(size)
        desk = _desk()
        _bytes, of_a_tenth, _first = _watched(lambda: _export(desk, TENTH, answers))
        yield None
        while True:
            _bytes, of_all, first = _watched(lambda: _export(desk, LIST, answers))
            grown = {"MB more, a tenth of them": of_a_tenth, "MB more, all": of_all}
            yield Done(size, more={"first byte ms": 1000 * first, **grown})

    return rounds


def idiomatic(size: int) -> Rounds:
    _furnish(size)
    yield None
    while True:
        _bytes, grown, first = _watched(_table)
        yield Done(size, more={"first byte ms": 1000 * first, "MB more, all": grown})


def _export(desk: Client, where: str, answers: dict[str, str]) -> Iterator[bytes]:
    """Press on the list; let the worker write, where there is one; download."""
    from django.core.management import call_command

    from voc.models import Feedback

    listed = Feedback.objects.values_list("pk", flat=True)[0]
    chosen = {"action": "export", "_selected_action": [listed], "select_across": "1"}
    page: Any = desk.post(where, {**chosen, "asked": "yes", **answers}, HTTP_HOST=HOST)
    if page.status_code == 302:
        call_command("write_exports")
        file = page["Location"].replace("/change/", "/download/")
        page = desk.get(file, HTTP_HOST=HOST)
    assert page.status_code == 200, page
    return iter(page)


def _table() -> Iterator[bytes]:
    """A view as Django's documentation has it, its lines gathered as a file."""
    from voc.models import Feedback

    items = Feedback.objects.select_related("response", "owner").prefetch_related("tags__topic")
    with tempfile.TemporaryFile("w+", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file).writerow
        for item in items.iterator(chunk_size=2_000):
            write(_cells(item))
        file.seek(0)
        yield from (line.encode() for line in file)


def _cells(item: Feedback) -> list[Any]:
    from django.utils import timezone

    return [
        timezone.localtime(item.received_at).strftime("%Y-%m-%d %H:%M"),
        item.get_channel_display(),
        item.score,
        item.language,
        item.get_sentiment_display(),
        item.get_intent_display(),
        item.get_urgency_display(),
        "; ".join(str(tag.topic) for tag in item.tags.all()),
        item.get_status_display(),
        str(item.owner or ""),
        item.text,
    ]


def _watched(work: Callable[[], Iterator[bytes]]) -> tuple[int, float, float]:
    """Drain it; return the bytes, the megabytes it grew by, and the seconds from the answer to the
    first byte."""
    Path("/proc/self/clear_refs").write_text("5")  # forgets how large it has been
    before = _largest()
    lines = work()
    asked = perf_counter()
    begins = next(lines)
    first = perf_counter() - asked
    return sum(map(len, chain([begins], lines))), _largest() - before, first


def _largest() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _desk() -> Client:
    from django.contrib.auth.models import User
    from django.test import Client

    desk = Client()
    desk.force_login(User.objects.get(username="mori"))
    return desk


def _furnish(size: int) -> None:
    site.migrated()
    from django.contrib.auth.models import User
    from django.utils import timezone

    from voc.models import Feedback, Tag, Topic

    mori = User.objects.create_superuser("mori")
    topics = [
        Topic.objects.create(key=f"bench-{n}", name_ja=f"トピック{n}", name_en=f"topic {n}")
        for n in range(20)
    ]
    now = timezone.now()
    for start in range(0, size, ITEMS_PER_INSERT):
        made = Feedback.objects.bulk_create(
            Feedback(
                text=WORDS[n % 5],
                channel="review" if n % 10 else "support",
                received_at=now - timedelta(seconds=7 * n),
                language=("ja", "en")[n % 2],
                sentiment="negative",
                owner=None if n % 5 else mori,
                analyzed_at=now,
            )
            for n in range(start, min(size, start + ITEMS_PER_INSERT))
        )
        tags = [Tag(feedback=item, topic=topics[item.pk % 20], start=1, end=3) for item in made]
        Tag.objects.bulk_create(tags)


CONTENDERS = {
    "unmasked": _todoku({}),
    "masked": _todoku({"mask": "on"}),
    "idiomatic": idiomatic,
}
