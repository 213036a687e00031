"""Post to an address outside: over https, with a timeout, and to no server in a network of ours.

The name is looked up once, and the connection goes to an address that was checked: a name that
leads elsewhere a moment later leads nowhere. Redirects are not followed.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from lib.outside.networks import is_public

TIMEOUT = 10.0  # seconds to connect, and again for each answer
LONGEST_REPLY = 200  # characters of what a server says that are kept


class NotHttps(Exception):
    """The address is none to post to: it does not begin with https://."""


class Private(Exception):
    """The address leads into a network of our own."""


class Unreachable(Exception):
    """Nothing was sent: the name is unknown, or nobody answers there."""


class Uncertain(Exception):
    """It was sent, and no answer came: it may have arrived."""


@dataclass(frozen=True)
class Reply:
    status: int
    words: str

    @property
    def is_fine(self) -> bool:
        return 200 <= self.status < 300

    @property
    def says_later(self) -> bool:
        return self.status == 429 or self.status >= 500


def post(url: str, body: bytes, headers: Mapping[str, str], *, private_too: bool) -> Reply:
    """Post once, and return what was answered. With `private_too` also into networks of our own,
    and over http. Raises NotHttps, Private, Unreachable or Uncertain."""
    there = urlsplit(url)
    secure = there.scheme == "https"
    allowed = {"https", "http"} if private_too else {"https"}
    if not there.hostname or there.scheme not in allowed:
        raise NotHttps
    port = there.port or (443 if secure else 80)
    line = _connected(there.hostname, port, secure=secure, private_too=private_too)
    try:
        query = f"?{there.query}" if there.query else ""
        line.request("POST", f"{there.path or '/'}{query}", body, {**headers})
        answer = line.getresponse()
        words = answer.read(4 * LONGEST_REPLY).decode(errors="replace")
        return Reply(answer.status, " ".join(words.split())[:LONGEST_REPLY])
    except (OSError, HTTPException) as error:
        raise Uncertain(str(error)) from error
    finally:
        line.close()


def _connected(host: str, port: int, *, secure: bool, private_too: bool) -> HTTPConnection:
    try:
        address = _address(host, port, private_too=private_too)
        raw = socket.create_connection((address, port), timeout=TIMEOUT)
        if not secure:
            return _over(HTTPConnection(host, port, timeout=TIMEOUT), raw)
        wrapped = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        return _over(HTTPSConnection(host, port, timeout=TIMEOUT), wrapped)
    except OSError as error:
        raise Unreachable(str(error)) from error


def _over(line: HTTPConnection, connected: Any) -> HTTPConnection:
    line.sock = connected
    return line


def _address(host: str, port: int, *, private_too: bool) -> str:
    """The first address of the name; none where any of them is of a network of our own."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not private_too and not all(map(is_public, addresses)):
        raise Private
    return addresses[0]
