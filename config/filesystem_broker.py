"""A broker made of files, for machines that have none: CELERY_BROKER_URL=filesystem://localhost/folder

Celery brings such a transport, but it shows a message, and the table of who listens, before they
are written; a reader that comes in between dies of half a message. Here everything is written
aside and then given its name. Why files at all: docs/decisions/filesystem-broker.md.
"""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import unquote, urlsplit

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

SCHEME = "filesystem"
POLLING_INTERVAL = 0.2  # seconds


def install() -> None:
    """Make filesystem:// mean the transport below, from now on in this process."""
    TRANSPORT_ALIASES[SCHEME] = "config.filesystem_broker:Transport"


def options(url: str, *, default: Path) -> dict[str, str | float]:
    """The transport's options, with its folders made; nothing for any other broker."""
    parts = urlsplit(url)
    if parts.scheme != SCHEME:
        return {}
    root = Path(unquote(parts.path) or default)
    messages, listeners = root / "messages", root / "listeners"
    for folder in (messages, listeners):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(messages),
        "data_folder_out": str(messages),
        "control_folder": str(listeners),
        "polling_interval": POLLING_INTERVAL,
    }


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        aside = _write_aside(Path(self.data_folder_out, name), payload)
        os.replace(aside, Path(self.data_folder_out, name))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """Take the oldest message. Renaming it claims it: of several readers one succeeds."""
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] == f"{queue}.msg":
                taken = Path(self.data_folder_in, f"{name}.taken")
                try:
                    os.rename(Path(self.data_folder_in, name), taken)
                except FileNotFoundError:
                    continue
                payload = loads(taken.read_text(encoding="utf-8"))
                taken.unlink()
                return payload
        raise Empty()

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        table: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]
        if not table.exists():
            _begin(table)
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel


def _begin(table: Path) -> None:
    """Make an empty table of listeners, whole at once; whoever comes second leaves the first's."""
    aside = _write_aside(table, [])
    try:
        os.link(aside, table)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _write_aside(file: Path, content: Any) -> Path:
    aside = file.with_name(f"{file.name}.{uuid.uuid4()}.aside")
    aside.write_text(dumps(content), encoding="utf-8")
    return aside
