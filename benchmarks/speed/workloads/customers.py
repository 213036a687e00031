"""Customers of the capture: they open a page by its link and answer, as fast as it goes.

Lean on purpose, since they share the machine with what is measured: a socket each, kept as long as
the server keeps it.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
COOKIE = re.compile(rb"set-cookie: ([^;\r]+)", re.IGNORECASE)
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Customer:
    """Answers on one page after the other; `says` are the fields, beside what is hidden there."""

    port: int
    says: dict[str, str]
    latencies: list[float] = field(default_factory=list)
    _socket: socket.socket | None = None

    def answer(self, path: str, query: str) -> None:
        page = self._ask(f"GET {path}{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head, _, body = page.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head.decode(errors="replace")
        hidden = {name.decode(): value.decode() for name, value in HIDDEN.findall(body)}
        said = urlencode({**hidden, **self.says})
        cookies = "; ".join(each.decode() for each in COOKIE.findall(head))
        reply = self._ask(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(said)}\r\n\r\n{said}".encode()
        )
        assert reply.startswith(b"HTTP/1.1 30"), reply[:2000].decode(errors="replace")
        self.leave()

    def leave(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket = None

    def _ask(self, request: bytes) -> bytes:
        begun = perf_counter()
        reply = self._exchange(request)
        self.latencies.append(perf_counter() - begun)
        if b"connection: close" in reply[: reply.find(b"\r\n\r\n")].lower():
            self.leave()
        return reply

    def _exchange(self, request: bytes) -> bytes:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        length = LENGTH.search(got[:end])
        assert length, got[:end]
        while len(got) < end + 4 + int(length[1]):
            got += self._more()
        return got

    def _more(self) -> bytes:
        assert self._socket
        more = self._socket.recv(65536)
        assert more, "the server hung up"
        return more


def answer_all(port: int, paths: list[str], query: str, says: dict[str, str]) -> list[float]:
    """Answer on these pages; return the seconds of each request. Every second one says why."""
    customer = Customer(port, says)
    silent = {name: value for name, value in says.items() if name != "comment"}
    for number, path in enumerate(paths):
        customer.says = says if number % 2 else silent
        customer.answer(path, query)
    return customer.latencies
