"""A short chain of middleware for the pages of customers, who have no account and no session.

Its links are those of the long chain that such a page needs, in the same order, and its pages carry
the same headers; docs/architecture.md says what is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.urls import resolve
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import get_language_from_request

from lib.http.middleware import GetResponse, speak
from lib.languages import LANGUAGES

PLACES = {"s", "u", "f", "c"}  # what their addresses begin with
# Django's handler calls these, of its own list; a link of ours that has one would never be asked.
HOOKS = ("process_view", "process_exception", "process_template_response")


def take_the_short_way(get_response: GetResponse) -> GetResponse:
    """For addresses of customers settings.MIDDLEWARE_FOR_CUSTOMERS and the view; else the rest of
    settings.MIDDLEWARE, whose first link this is."""
    short = _chain(settings.MIDDLEWARE_FOR_CUSTOMERS)

    def middleware(request: HttpRequest) -> HttpResponse:
        place = request.path_info[1:].partition("/")[0]
        return short(request) if place in PLACES else get_response(request)

    return middleware


def _chain(links: Iterable[str]) -> GetResponse:
    chain: Any = convert_exception_to_response(_call_the_view)
    for name in reversed([*links]):
        link = import_string(name)(chain)
        if lost := [hook for hook in HOOKS if hasattr(link, hook)]:
            raise ImproperlyConfigured(
                f"MIDDLEWARE_FOR_CUSTOMERS has {name}, and nobody would call its {lost[0]}."
            )
        chain = convert_exception_to_response(link)
    return chain  # type: ignore[no-any-return]


def _call_the_view(request: HttpRequest) -> HttpResponse:
    request.resolver_match = match = resolve(request.path_info)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


def state_the_policies(get_response: GetResponse) -> GetResponse:
    """What SecurityMiddleware and CSPMiddleware say on every page here, asked of them once; on
    https it may be one thing more."""
    plain, encrypted = (_policies(scheme) for scheme in ("http", "https"))

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, policy in encrypted if request.is_secure() else plain:
            response.headers.setdefault(name, policy)
        return response

    return middleware


def _policies(scheme: str) -> list[tuple[str, str]]:
    environ = {"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme, "wsgi.input": BytesIO()}
    request, page = WSGIRequest(environ), HttpResponse(headers={HEADER: build_policy()})
    SecurityMiddleware(lambda _request: page)(request)
    return [(name, policy) for name, policy in page.items() if name != "Content-Type"]


def speak_the_readers_language(get_response: GetResponse) -> GetResponse:
    """What LocaleMiddleware and `speak_the_chosen_language` do together, where no address begins
    with a language: the one chosen by ?lang=en, else the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("lang")
        speak(request, str(chosen) if chosen in LANGUAGES else get_language_from_request(request))
        response = get_response(request)
        patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return middleware
