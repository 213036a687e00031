"""Secrets of others that a worker has to say again, sealed: no copy of the database has them.

The key is made of SECRET_KEY, and of SECRET_KEY_FALLBACKS for what was sealed before it changed.
See docs/decisions/sealed-secrets.md.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(purpose: str, secret: str) -> str:
    return _box(purpose).encrypt(secret.encode()).decode()


def unseal(purpose: str, sealed: str) -> str | None:
    """What was sealed for this purpose; None when it was sealed with a key that we have no more."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _box(purpose: str) -> MultiFernet:
    return MultiFernet(
        Fernet(_key(purpose, secret))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )


def _key(purpose: str, secret: str) -> bytes:
    made = salted_hmac(f"todoku.sealed.{purpose}", b"", secret, algorithm="sha256")
    return urlsafe_b64encode(made.digest())
