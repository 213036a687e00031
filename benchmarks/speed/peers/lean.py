"""Lean Django: no middleware, no form, no template, one statement a request."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.urls import path
from django.utils.html import escape

from benchmarks.speed.peers import pages, statements, stock

stock.configure(__name__, middleware=[])


def answer(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        return _keep(request, token)
    with connection.cursor() as cursor:
        cursor.execute(statements.LOOK, [token])
        found = cursor.fetchone()
    if not found:
        return HttpResponseNotFound()
    page = pages.plain(*map(escape, found)).encode()
    return HttpResponse(page, headers={"Content-Length": str(len(page))})


def _keep(request: HttpRequest, token: str) -> HttpResponse:
    score = request.POST.get("score", "")
    if score not in map(str, range(11)):
        return HttpResponseBadRequest()
    with connection.cursor() as cursor:
        cursor.execute(statements.KEEP, [score, request.POST.get("comment", ""), token])
    return HttpResponse(status=303, headers={"Location": "thanks/", "Content-Length": "0"})


urlpatterns = [path("s/<str:token>/", answer)]


def prepare(n: int) -> list[str]:
    with connection.cursor() as cursor:
        return statements.prepare(cursor, n)


application = get_wsgi_application()
