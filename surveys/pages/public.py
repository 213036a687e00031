"""What every page of customers shares: no account, no cookie; their language; 303 after a post."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from lib import languages
from lib.http import middleware
from lib.languages import LANGUAGES

# Nobody is logged in here, so there is no session for another site to misuse: CSRF tokens would
# only lock out customers whose browsers refuse cookies.
public = csrf_exempt

View = Callable[..., HttpResponse]
NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"


def never_kept(page: View) -> View:
    """No cache keeps the page: it is one customer's. The header is Django's, put together once."""

    @wraps(page)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = page(request, *args, **kwargs)
        response.headers["Cache-Control"] = NEVER
        return response

    return view


def speak(request: HttpRequest, preferred: str = "") -> str:
    """The page's language: the one chosen by ?lang=, else the customer's, else the browser's."""
    if preferred in LANGUAGES and chosen_language(request) is None:
        middleware.speak(request, preferred)
    return languages.current(request.LANGUAGE_CODE)


def chosen_language(request: HttpRequest) -> str | None:
    """The language that ?lang= names, if it is one of ours."""
    chosen = request.GET.get("lang")
    return chosen if chosen in LANGUAGES else None


class SeeOther(HttpResponse):
    status_code = 303

    @property
    def url(self) -> str:
        return self.headers["Location"]


def see_other(path: str, language: str) -> HttpResponse:
    """Redirect with 303: what was posted is kept, and reloading the next page posts nothing.

    The path is one of our own, as an address writes it.
    """
    return SeeOther(headers={"Location": f"{path}?lang={language}"})
