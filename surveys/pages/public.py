"""What every page of customers shares: no account, no cookie; their language; 303 after a post."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from lib import languages
from lib.http import middleware
from lib.languages import LANGUAGES

# Nobody is logged in here, so there is no session for another site to misuse: CSRF tokens would
# only lock out customers whose browsers refuse cookies.
public = csrf_exempt


def speak(request: HttpRequest, preferred: str = "") -> str:
    """The page's language: the one chosen by ?lang=, else the customer's, else the browser's."""
    if preferred in LANGUAGES and chosen_language(request) is None:
        middleware.speak(request, preferred)
    return languages.current()


def chosen_language(request: HttpRequest) -> str | None:
    """The language that ?lang= names, if it is one of ours."""
    chosen = request.GET.get("lang")
    return chosen if chosen in LANGUAGES else None


def see_other(path: str, language: str) -> HttpResponse:
    """Redirect with 303: what was posted is kept, and reloading the next page posts nothing."""
    response = redirect(f"{path}?lang={language}")
    response.status_code = 303
    return response
