"""A port nobody uses."""

from __future__ import annotations

import random
import socket

# Below the range from which the system takes ports for outgoing connections: while a part is
# down, a client calling it could otherwise be given the very port that it is calling.
USABLE = range(20_000, 32_000)

_given: set[int] = set()


def free_port() -> int:
    for port in random.sample(USABLE, 500):
        if port not in _given and _is_free(port):
            _given.add(port)
            return port
    raise RuntimeError(
        f"500 ports tried between {USABLE.start} and {USABLE.stop}, and none is free"
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
