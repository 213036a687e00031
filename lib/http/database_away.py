"""The page for when the database is away: 503, in both languages, with nothing that needs one.

Who was sending an answer is told that it was not kept, and gets it back with a button that sends it
again: a pressed button must not cost anybody their words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY_AFTER = 30  # seconds
READ_ONLY = "25006"  # PostgreSQL's code for a write into a standby
WRITTEN = ("comment", "words")  # fields that people write into, and want to see again
SAID = ("score", "email")


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, which knows what happened: faults of ours, and a database that is away.

    Wherever it shows: in a view, in a template, or while a session is loaded or saved.
    """
    if not _is_away(sys.exc_info()[1]):
        return defaults.server_error(request)
    page = render_to_string(
        "503.html", {"fields": list(_fields(request)), "is_post": request.method == "POST"}
    )
    response = HttpResponse(page, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def _is_away(error: BaseException | None) -> bool:
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "pgcode", "") == READ_ONLY
    return isinstance(error, OperationalError | InterfaceError)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str, str]]:
    """What was posted on a customers' page, to be posted again: how to show it, its name, itself.

    Nothing of the desk: a form with a CSRF token may hold a password.
    """
    view = request.resolver_match and request.resolver_match.func
    if request.method != "POST" or not getattr(view, "csrf_exempt", False):
        return
    for name, values in request.POST.lists():
        how = "written" if name in WRITTEN else "said" if name in SAID else "hidden"
        yield from ((how, name, value) for value in values)
