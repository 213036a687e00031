"""A mail's HTML as its reader sees it, in a frame: nothing of it runs, nothing is fetched."""

from __future__ import annotations

from django.http import HttpResponse

AS_IN_A_MAIL_PROGRAM = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
}


def show_mail(html: str) -> HttpResponse:
    """The page for a frame. Its links are words: whoever looks must not press for the reader."""
    policy = {**AS_IN_A_MAIL_PROGRAM, "sandbox": []}
    headers = {
        "Content-Security-Policy": "; ".join(" ".join([name, *of]) for name, of in policy.items()),
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "no-store",
    }
    return HttpResponse(html, headers=headers)
