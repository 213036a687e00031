"""The two pages of lean Django, for whichever statements look and keep."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.utils.html import escape

from benchmarks.speed.peers import pages


def answered_by(look: str, keep: str) -> Callable[[HttpRequest, str], HttpResponse]:
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        return _keep(request, keep, token) if request.method == "POST" else _look(look, token)

    return answer


def _look(look: str, token: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(look, [token])
        found = cursor.fetchone()
    if not found:
        return HttpResponseNotFound()
    page = pages.plain(*map(escape, found)).encode()
    return HttpResponse(page, headers={"Content-Length": str(len(page))})


def _keep(request: HttpRequest, keep: str, token: str) -> HttpResponse:
    score = request.POST.get("score", "")
    if score not in map(str, range(11)):
        return HttpResponseBadRequest()
    with connection.cursor() as cursor:
        cursor.execute(keep, [score, request.POST.get("comment", ""), token])
    return HttpResponse(status=303, headers={"Location": "thanks/", "Content-Length": "0"})
