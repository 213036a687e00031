"""Pages kept ready: rendered once by their template, with places for what differs between readers.

A page is ready for all that its key names; its places are filled with whatever is put there,
escaped as Django escapes it. So the template remains the one description of the page. Whoever keeps
a page ready names in the key all that the template decides by, and as places texts that it only
prints, or leaves out where they are empty. The links to the page's other languages, which repeat
its query, are places by themselves.
"""

from __future__ import annotations

import copy
import re
import secrets
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from lib import company

MOST_PAGES = 1_000  # about 6 kB each
_MARK = f"place{secrets.token_hex(8)}"  # nobody writes it by accident, nor knows it
_PLACE = re.compile(rf"{_MARK}_([a-z_]+?)_{_MARK}")
_OTHER_LANGUAGE = re.compile(rf"\?{_MARK}=&amp;lang=([a-z]+)")


@dataclass(frozen=True)
class ReadyPage:
    """The page cut at its places: texts and, between them, names of places; and of languages."""

    texts: tuple[bytes, ...]
    places: tuple[str, ...]

    def filled(self, request: HttpRequest, places: Mapping[str, str]) -> bytes:
        query = request.META.get("QUERY_STRING", "")
        values = [
            (escape(places[name]) if name in places else _link_to_language(query, name)).encode()
            for name in self.places
        ]
        page = [part for both in zip(self.texts, values, strict=False) for part in both]
        return b"".join([*page, self.texts[-1]])


_ready: dict[Hashable, ReadyPage] = {}


def render_ready(
    request: HttpRequest,
    template: str,
    context: Callable[[], Mapping[str, Any]],
    *,
    key: Hashable,
    places: Mapping[str, str],
) -> HttpResponse:
    """What `render` makes of the template with the context and the places together.

    The context is asked for where there is no page of this key and language yet.
    """
    if settings.DEBUG or request.method != "GET":
        return render(request, template, {**context(), **places})
    filled = tuple(name for name, value in places.items() if value)
    whole_key = (template, get_language(), company.name(), key, filled)
    page = _ready.get(whole_key)
    if page is None:
        page = _make_ready(request, template, {**context(), **places}, filled)
        if len(_ready) >= MOST_PAGES:
            _ready.clear()
        _ready[whole_key] = page
    return HttpResponse(page.filled(request, places))


def _make_ready(
    request: HttpRequest, template: str, context: Mapping[str, Any], places: Sequence[str]
) -> ReadyPage:
    asked = copy.copy(request)
    asked.GET = QueryDict(urlencode({_MARK: ""}))
    marked = {name: f"{_MARK}_{name}_{_MARK}" for name in places}
    html = render_to_string(template, {**context, **marked}, asked)
    parts = _PLACE.split(_OTHER_LANGUAGE.sub(rf"{_MARK}_\1_{_MARK}", html))
    return ReadyPage(tuple(text.encode() for text in parts[::2]), tuple(parts[1::2]))


@lru_cache(MOST_PAGES)
def _link_to_language(query: str, language: str) -> str:
    """As {% querystring lang=… %} writes it; of the query as WSGI hands it over."""
    asked = QueryDict(query.encode("latin-1", "replace"), mutable=True)
    asked["lang"] = language
    return escape(f"?{asked.urlencode()}")
