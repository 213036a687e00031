"""No framework: a WSGI function and psycopg2. What is left when everything is left out."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from html import escape
from typing import Any
from urllib.parse import parse_qs

import psycopg2

from benchmarks.speed.peers import pages, statements

_mine = threading.local()
Start = Callable[[str, list[tuple[str, str]]], Any]


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    token = environ["PATH_INFO"].split("/")[2]
    if environ["REQUEST_METHOD"] == "POST":
        return _keep(environ, start, token)
    with _connection().cursor() as cursor:
        cursor.execute(statements.LOOK, [token])
        page = pages.plain(*map(escape, cursor.fetchone())).encode()
    length = str(len(page))
    start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", length)])
    return [page]


def _keep(environ: dict[str, Any], start: Start, token: str) -> Iterable[bytes]:
    said = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
    with _connection().cursor() as cursor:
        cursor.execute(statements.KEEP, [said["score"][0], said.get("comment", [""])[0], token])
    start("303 See Other", [("Location", "thanks/"), ("Content-Length", "0")])
    return []


def _connection() -> Any:
    if not hasattr(_mine, "connection"):
        _mine.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        _mine.connection.autocommit = True
    return _mine.connection


def prepare(n: int) -> list[str]:
    with _connection().cursor() as cursor:
        return statements.prepare(cursor, n)
