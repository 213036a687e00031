"""Signed tokens for links that only we can make. None is stored, so none leaks from the database.

A token is a row's id and an HMAC-SHA256 (256 bits) of its purpose and id under SECRET_KEY. A link
of one purpose opens nothing of another. To rotate the key, move the old one to SECRET_KEY_FALLBACKS
and leave it there as long as links made with it are out: see docs/decisions/tokens.md.
"""

from __future__ import annotations

from base64 import b32encode
from functools import lru_cache
from hmac import HMAC

from django.conf import settings
from django.core.signing import BadSignature, Signer, b64_decode, b64_encode
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes

MOST_KEYS = 100
BYTES_IN_AN_ADDRESS = 24  # 192 bits: with all 32 the part before the @ would be too long


def make(purpose: str, number: int) -> str:
    return _signer(purpose).sign(str(number))


def read(purpose: str, token: str) -> int | None:
    """The number the token was made with, mostly a row's id; None for a token we did not make."""
    try:
        return int(_signer(purpose).unsign(token))
    except BadSignature:
        return None


def make_for_address(purpose: str, number: int) -> str:
    """A token that may stand in a mail address, where servers do not keep capitals."""
    return _signer_for_addresses(purpose).sign(str(number))


def read_from_address(purpose: str, token: str) -> int | None:
    try:
        return int(_signer_for_addresses(purpose).unsign(token.lower()))
    except BadSignature:
        return None


def _signer(purpose: str) -> Signer:
    return _signer_with(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(MOST_KEYS)
def _signer_with(purpose: str, key: str | bytes, *fallback_keys: str | bytes) -> Signer:
    salt = f"todoku.link.{purpose}"
    return _Signer(key=key, sep=".", salt=salt, fallback_keys=[*fallback_keys])


def _signer_for_addresses(purpose: str) -> Signer:
    return _SignerForAddresses(sep=".", salt=f"todoku.address.{purpose}")


class _Signer(Signer):
    """Django's, which has the key of each purpose from the secret anew for each token."""

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        proof = _begun(f"{self.salt!s}signer", key or self.key).copy()
        proof.update(force_bytes(value))
        return b64_encode(proof.digest()).decode()


class _SignerForAddresses(_Signer):
    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        proof = b64_decode(super().signature(value, key).encode())
        return b32encode(proof[:BYTES_IN_AN_ADDRESS]).decode().rstrip("=").lower()


@lru_cache(MOST_KEYS)
def _begun(salt: str, secret: str | bytes) -> HMAC:
    return salted_hmac(salt, b"", secret, algorithm="sha256")
