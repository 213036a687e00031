"""Imports: a table of customers or of feedback, from its bytes to committed rows.

The peer is what a Django developer writes in half an hour: csv.DictReader, each customer validated
by the model's own `clean_fields`, as Todoku validates each row, then bulk_create (or bulk_update of
those who are known) a thousand at a time. The limit is COPY of rows that are made already, into the
same table.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

from benchmarks.speed.contender import Done, Rounds
from benchmarks.speed.rows import Contender, Row, todoku_on
from benchmarks.speed.workloads import site

if TYPE_CHECKING:
    from surveys.models import Customer

ROWS_PER_STATEMENT = 1_000
FAMILY = ["佐藤", "鈴木", "高橋", "田中", "Smith", "Brown", "Jones"]
GIVEN = ["花子", "太郎", "恵", "健", "Anne", "John"]
DOMAINS = ["example.com", "mail.example.jp", "docomo.ne.jp", "corp.example.org"]
SAID = ["アプリが重いです。", "配送が遅い", "Too slow to load. ", "値段が高い", "great support! ",
        "サポートが親切でした。", "ログインできない", "the price is high, "]  # fmt: skip

ROW = Row(
    "Import of a table: from its bytes to committed rows, in one process",
    "rows",
    20_000,
    (
        todoku_on("postgresql", "new", "Todoku: new customers"),
        todoku_on("postgresql", "changed", "Todoku: again, all changed"),
        todoku_on("postgresql", "unchanged", "Todoku: again, none changed"),
        Contender("bulk_create", "bulk_create: new customers"),
        Contender("bulk_update", "bulk_update: again, all changed"),
        Contender("copy", "limit: COPY of rows that are made already", stands_aside=True),
        todoku_on("postgresql", "feedback", "Todoku: new feedback"),
        todoku_on("sqlite", "new", "Todoku: new customers"),
        todoku_on("sqlite", "changed", "Todoku: again, all changed"),
    ),
    notes=("The peers read and validate the same file; duplicates and capitals they leave.",),
)


def customers_table(n: int, of: str = "", plan: str = "Gold") -> bytes:
    """A table of so many customers; those `of` one word are others than those of another."""
    lines = ["email,氏名,言語,plan,店舗,会員番号"]
    for i in range(n):
        name = f"{FAMILY[i % 7]} {GIVEN[i % 6]}"
        language = ("日本語", "en", "ja")[i % 3]
        address, shop = f"user{i}x{of}@{DOMAINS[i % 4]}", ("渋谷", "Osaka")[i % 2]
        lines.append(f"{address},{name},{language},{plan},{shop},M{100_000 + i}")
    return "\n".join([*lines, ""]).encode()


def feedback_table(n: int, of: str) -> bytes:
    lines = ["管理番号,日付,メールアドレス,本文,評価"]
    for i in range(n):
        words = "".join(SAID[(i + part * 3) % 8] for part in range(i % 9 + 1))
        at = f"2026-{i % 9 + 1:02}-{i % 28 + 1:02} {i % 24:02}:{i % 60:02}"
        lines.append(f'T{of}{i},{at},user{i}x@example.com,"{words}",{i % 5 + 1}')
    return "\n".join([*lines, ""]).encode()


def _import(table: bytes, kind: str = "customers") -> None:
    from django.utils import timezone

    from lib.tables.import_rows import import_rows
    from lib.tables.read import read_table
    from surveys.customers.import_table import CustomerImport
    from voc.intake.import_table import FeedbackImport

    sheet, now = read_table(io.BytesIO(table)), timezone.now()
    importer: Any = (
        CustomerImport(sheet, language="ja", now=now)
        if kind == "customers"
        else FeedbackImport(sheet, channel="review", now=now, zone="Asia/Tokyo")
    )
    result = import_rows(importer.rows, understand=importer.understand, store=importer.store)
    assert not result.refused, result.refused[:3]


def new(size: int) -> Rounds:
    return _rounds(size, lambda number: customers_table(size, f"r{number}"), _import)


def changed(size: int) -> Rounds:
    return _rounds(size, lambda number: customers_table(size, plan=f"{number}"), _import)


def unchanged(size: int) -> Rounds:
    return _rounds(size, lambda _number: customers_table(size), _import)


def feedback(size: int) -> Rounds:
    def table(number: int) -> bytes:
        return feedback_table(size, f"r{number}-")

    return _rounds(size, table, lambda table: _import(table, "feedback"))


def bulk_create(size: int) -> Rounds:
    return _rounds(size, lambda number: customers_table(size, f"r{number}"), _create_plainly)


def bulk_update(size: int) -> Rounds:
    def store(table: bytes) -> None:
        from surveys.models import Customer

        (_update_plainly if Customer.objects.exists() else _create_plainly)(table)

    return _rounds(size, lambda number: customers_table(size, plan=f"{number}"), store)


def copy(size: int) -> Rounds:
    def table(number: int) -> bytes:
        read = _plain_rows(customers_table(size, f"r{number}"))
        return "".join(
            f"{each['email']}\t{each['name']}\t{each['language']}\t"
            f"{json.dumps(each['attributes'], ensure_ascii=False)}\n"
            for each in read
        ).encode()

    return _rounds(size, table, _copy)


def _rounds(
    size: int, table: Callable[[int], bytes], store: Callable[[bytes], None]
) -> Iterator[Done | None]:
    """The first table is in before the rounds begin: again is again in the first round too."""
    site.migrated()
    store(table(0))
    yield None
    for number in count(1):
        rows = table(number)
        done = _timed(size, rows, store)
        yield done


def _timed(size: int, rows: bytes, store: Callable[[bytes], None]) -> Done:
    from os import times
    from time import perf_counter

    before, begun = times(), perf_counter()
    store(rows)
    wall, after = perf_counter() - begun, times()
    cpu = after.user + after.system - before.user - before.system
    return Done(size, cpu=cpu, wall=wall)


def _plain_rows(table: bytes) -> Iterator[dict[str, Any]]:
    languages = {"日本語": "ja"}
    for row in csv.DictReader(io.StringIO(table.decode())):
        yield {
            "email": row["email"],
            "name": row["氏名"],
            "language": languages.get(row["言語"], row["言語"]),
            "attributes": {key: row[key] for key in ("plan", "店舗", "会員番号")},
        }


def _plain_customers(table: bytes) -> list[Customer]:
    from surveys.models import Customer

    made = [Customer(**row) for row in _plain_rows(table)]
    for customer in made:
        customer.clean_fields()
    return made


def _create_plainly(table: bytes) -> None:
    from surveys.models import Customer

    made = _plain_customers(table)
    Customer.objects.bulk_create(made, ignore_conflicts=True, batch_size=ROWS_PER_STATEMENT)


def _update_plainly(table: bytes) -> None:
    from surveys.models import Customer

    rows = _plain_customers(table)
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        batch = {row.email: row for row in rows[start : start + ROWS_PER_STATEMENT]}
        known = list(Customer.objects.filter(email__in=batch))
        for customer in known:
            row = batch[customer.email]
            customer.name, customer.language = row.name or customer.name, row.language
            customer.attributes = {**customer.attributes, **row.attributes}
        Customer.objects.bulk_update(known, ["name", "language", "attributes"], batch_size=500)


def _copy(lines: bytes) -> None:
    from django.db import connection, transaction

    into = "COPY surveys_customer (email, name, language, attributes, created_at) FROM STDIN"
    now = "\t2026-01-01T00:00:00Z\n"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(into, io.StringIO(lines.decode().replace("\n", now)))


CONTENDERS = {
    "new": new,
    "changed": changed,
    "unchanged": unchanged,
    "feedback": feedback,
    "bulk_create": bulk_create,
    "bulk_update": bulk_update,
    "copy": copy,
}
