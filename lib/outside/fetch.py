"""Fetch what an interface answers: with time limits, without redirects, and of a size that fits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection

from lib.outside.public import Unreachable, is_trusted, refuse_private, refuse_private_peer

TIMEOUT = urllib3.Timeout(connect=10, read=30)
MOST_BYTES = 20_000_000
LONGEST_WAIT = 3600.0  # seconds, whatever the other side wishes
NO_RIGHT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


class _Checked(HTTPConnection):
    """A connection whose other end is looked at again: names may lead elsewhere the second time."""

    def _new_conn(self) -> Any:
        connected = super()._new_conn()
        try:
            refuse_private_peer(self.host, str(connected.getpeername()[0]))
        except Unreachable:
            connected.close()
            raise
        return connected


class _CheckedSecure(_Checked, HTTPSConnection):
    """The same with TLS."""


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Checked


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _CheckedSecure


def fetch(
    url: str,
    *,
    query: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    json: Any = None,
) -> str:
    """The text at this address; posts `json` where it is given. Raises Unreachable."""
    host = _host(url)
    address = f"{url}?{urlencode(query)}" if query else url
    try:
        with _manager() as manager:
            answer = manager.request(
                "GET" if json is None else "POST",
                address,
                headers={"Accept": "application/json", **(headers or {})},
                json=json,
                timeout=TIMEOUT,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            body = answer.read(MOST_BYTES + 1)
    except (urllib3.exceptions.HTTPError, OSError):
        raise Unreachable(
            _("“%(host)s” does not answer, or breaks off. It is tried again.") % {"host": host}
        ) from None
    _refuse(answer.status, answer.headers, host)
    if len(body) > MOST_BYTES:
        raise Unreachable(_("“%(host)s” answers more than can be read.") % {"host": host})
    return body.decode("utf-8", "replace")


def _host(url: str) -> str:
    """The host of an address that may be fetched from."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and is_trusted(host)):
        raise Unreachable(_("“%(url)s” is no address that begins with https://.") % {"url": url})
    refuse_private(host, parts.port or 443)
    return host


def _manager() -> urllib3.PoolManager:
    manager = urllib3.PoolManager()
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
    return manager


def _refuse(status: int, headers: Mapping[str, str], host: str) -> None:
    words = {"host": host, "status": status}
    if status in NO_RIGHT:
        raise Unreachable(
            _("“%(host)s” refuses the account or the secret (%(status)d). Please look at both.")
            % words
        )
    if status in BUSY:
        raise Unreachable(
            _("“%(host)s” asks us to come back later (%(status)d).") % words,
            after=_after(headers.get("Retry-After", "")),
        )
    if status == HTTPStatus.NOT_FOUND:
        raise Unreachable(
            _("“%(host)s” has nothing at this address (404). Please look at it.") % words
        )
    if status != HTTPStatus.OK:
        raise Unreachable(_("“%(host)s” answers with a fault (%(status)d).") % words)


def _after(said: str) -> float | None:
    """The seconds of a Retry-After, which says seconds or a date."""
    if said.isdecimal():
        return min(float(said), LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)
