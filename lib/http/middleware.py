"""Middleware of every request: language, encoding and security policy; the caller's address."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import cast
from urllib.parse import unquote

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from lib.access import addresses
from lib.languages import LANGUAGES

GetResponse = Callable[[HttpRequest], HttpResponse]
VERBS = ["GET", "HEAD", "POST"]


def speak_the_chosen_language(get_response: GetResponse) -> GetResponse:
    """Choose the language by ?lang=en on every page, errors too; the browser's comes second."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (chosen := request.GET.get("lang")) in LANGUAGES:
            speak(request, str(chosen))
        return get_response(request)

    return middleware


def speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language


def refuse_what_no_text_holds(get_response: GetResponse) -> GetResponse:
    """Say what is wrong with an address or an encoding that would fail half-way to the database.

    PostgreSQL cannot compare text with NUL in it, and encodings other than UTF-8 can smuggle in
    halves of characters that nothing can write out again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            why = _(
                "This address contains a null character, and no page here does. Please check it."
            )
            return bad_request(request, why=why)
        if not _is_utf8(request.encoding):
            why = _("This came in an encoding that cannot be read here. Please send it as UTF-8.")
            return bad_request(request, why=why)
        return get_response(request)

    return middleware


def _is_utf8(encoding: str | None) -> bool:
    return encoding is None or codecs.lookup(encoding).name == "utf-8"


def bad_request(
    request: HttpRequest, exception: Exception | None = None, *, why: str = ""
) -> HttpResponse:
    """Django's handler400, with a page that says what to do."""
    return render(request, "400.html", {"why": why}, status=400)


def say_that_a_page_is_not_there(get_response: GetResponse) -> GetResponse:
    """Answer 404 where the address names a page of a list that has no such page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return page_not_found(request, exception) if isinstance(exception, InvalidPage) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def refuse_other_verbs(get_response: GetResponse) -> GetResponse:
    """Refuse what is neither asked nor posted: Django's admin takes a PUT or DELETE for a GET."""

    def middleware(request: HttpRequest) -> HttpResponse:
        known = request.method in VERBS
        return get_response(request) if known else HttpResponseNotAllowed(VERBS)

    return middleware


def absent(request: HttpRequest, **_where: str) -> HttpResponse:
    """The view of an address that Django's admin would have: the way from any row to its page.

    It leads whoever has signed in, whatever they may see, to the page a customer answers on.
    """
    raise Http404("there is no such address")


def loosen_the_desk(get_response: GetResponse) -> GetResponse:
    """Loosen the content security policy below /admin/; the pages that customers see stay strict.

    The scripts of the desk (Alpine, in django-unfold) evaluate expressions and set styles.
    """
    more = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}
    loosened = cast(GetResponse, csp_update(more)(get_response))

    def middleware(request: HttpRequest) -> HttpResponse:
        desk = request.path.startswith("/admin/")
        return loosened(request) if desk else get_response(request)

    return middleware


def address_of(request: HttpRequest) -> str:
    """The caller's address: what the last trusted proxy saw, else the peer's.

    X-Forwarded-For is read from the right, TRUSTED_PROXIES places: what stands further left
    was written by whoever called. Where it is shorter, or no address stands there, the request
    did not come the way that is trusted, and nothing of it is believed.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    seen = addresses.read(hops[-trusted]) if 0 < trusted <= len(hops) else None
    return seen or addresses.read(peer) or peer


def network_of(request: HttpRequest) -> str:
    """The caller as every limit counts them: see `lib/access/addresses.py`."""
    return addresses.network(address_of(request))
