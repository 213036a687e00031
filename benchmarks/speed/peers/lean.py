"""Lean Django: no middleware, no form, no template, one statement a request."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import path

from benchmarks.speed.peers import statements, stock

stock.configure(__name__, middleware=[])

from benchmarks.speed.peers.lean_pages import answered_by  # noqa: E402

urlpatterns = [path("s/<str:token>/", answered_by(statements.LOOK, statements.KEEP))]


def prepare(n: int) -> list[str]:
    with connection.cursor() as cursor:
        return statements.prepare(cursor, n)


application = get_wsgi_application()
