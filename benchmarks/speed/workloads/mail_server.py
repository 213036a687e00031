"""A mail server that takes every mail and keeps none.

Lean on purpose, since it shares the machine with what is measured. It says its port first.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingTCPServer

END = b"\r\n.\r\n"
REPLIES = {
    b"EHLO": b"250-here\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}


class Session(BaseRequestHandler):
    def handle(self) -> None:
        self.request.sendall(b"220 here\r\n")
        got, in_a_mail = b"", False
        while more := self.request.recv(1 << 18):
            got, replies = got + more, []
            while (end := got.find(END if in_a_mail else b"\r\n")) >= 0:
                verb, got = got[:4].upper(), got[end + (5 if in_a_mail else 2) :]
                replies.append(b"250 OK\r\n" if in_a_mail else REPLIES.get(verb, b"250 OK\r\n"))
                in_a_mail = not in_a_mail and verb == b"DATA"
            if replies:
                self.request.sendall(b"".join(replies))


class Server(ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def running() -> Iterator[int]:
    """Its port, as long as it runs."""
    command = [sys.executable, "-P", __file__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    with Server(("127.0.0.1", 0), Session) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
