"""The browser of a request, as a digest: to know the same words sent twice, and nothing besides."""

from __future__ import annotations

from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest

from lib.http import middleware


def browser_of(request: HttpRequest) -> str:
    """A digest of address and kind of browser, keyed: none of it can be read from it."""
    kind = [request.headers.get(name, "") for name in ("User-Agent", "Accept-Language")]
    seen = "\n".join([middleware.address_of(request), *kind])
    key = settings.SECRET_KEY.encode()[:64]
    return blake2b(seen.encode("utf-8", "replace"), key=key, digest_size=16).hexdigest()
