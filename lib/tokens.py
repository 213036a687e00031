"""Signed tokens for links that only we can make. None is stored, so none leaks from the database.

A token is a row's id and an HMAC-SHA256 (256 bits) of its purpose and id under SECRET_KEY. A link
of one purpose opens nothing of another. To rotate the key, move the old one to SECRET_KEY_FALLBACKS
and leave it there as long as links made with it are out: see docs/decisions/tokens.md.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer


def make(purpose: str, number: int) -> str:
    return _signer(purpose).sign(str(number))


def read(purpose: str, token: str) -> int | None:
    """The number the token was made with, mostly a row's id; None for a token we did not make."""
    try:
        return int(_signer(purpose).unsign(token))
    except BadSignature:
        return None


def _signer(purpose: str) -> Signer:
    return Signer(sep=".", salt=f"todoku.link.{purpose}")
