"""What every request needs, whichever room it goes to."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]


def refuse_null_characters(get_response: Answer) -> Answer:
    """PostgreSQL cannot compare text with NUL in it: say so instead of failing half-way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in unquote(request.get_full_path()):
            return HttpResponseBadRequest(
                _("This address contains a null character, which no page here has. Please check it."),
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def address_of(request: HttpRequest) -> str:
    """The caller's address: the peer's, or what the last trusted proxy saw.

    X-Forwarded-For is read from the right, TRUSTED_PROXIES places: what stands further left
    was written by whoever called.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.TRUSTED_PROXIES <= len(hops):
        return hops[-settings.TRUSTED_PROXIES].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
