"""Signed tokens for links that only we can make. None is stored, so none leaks from the database.

A token is a row's id and an HMAC-SHA256 (256 bits) of its purpose and id under SECRET_KEY. A link
of one purpose opens nothing of another. To rotate the key, move the old one to SECRET_KEY_FALLBACKS
and leave it there as long as links made with it are out: see docs/decisions/tokens.md.
"""

from __future__ import annotations

from functools import lru_cache
from hmac import HMAC

from django.conf import settings
from django.core.signing import BadSignature, Signer, b64_encode
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes

MOST_KEYS = 100


def make(purpose: str, number: int) -> str:
    return _signer(purpose).sign(str(number))


def read(purpose: str, token: str) -> int | None:
    """The number the token was made with, mostly a row's id; None for a token we did not make."""
    try:
        return int(_signer(purpose).unsign(token))
    except BadSignature:
        return None


def _signer(purpose: str) -> Signer:
    return _signer_with(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(MOST_KEYS)
def _signer_with(purpose: str, key: str | bytes, *fallback_keys: str | bytes) -> Signer:
    salt = f"todoku.link.{purpose}"
    return _Signer(key=key, sep=".", salt=salt, fallback_keys=[*fallback_keys])


class _Signer(Signer):
    """Django's, which has the key of each purpose from the secret anew for each token."""

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        proof = _begun(f"{self.salt!s}signer", key or self.key).copy()
        proof.update(force_bytes(value))
        return b64_encode(proof.digest()).decode()


@lru_cache(MOST_KEYS)
def _begun(salt: str, secret: str | bytes) -> HMAC:
    return salted_hmac(salt, b"", secret, algorithm="sha256")
