"""tests/parts/smtp_server.py PORT FOLDER -- the process that smtp.py starts.

It obeys FOLDER/behaviour.json, read anew for every mail, and writes to FOLDER/sink.jsonl.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        behaviour = self._behaviour()
        if behaviour["mode"] == "refuse":
            self._write(envelope, [address], "refused")
            return f"{behaviour['code']} Refused, as the test wished"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        behaviour = self._behaviour()
        if behaviour["mode"] == "drop":
            self._write(envelope, envelope.rcpt_tos, "dropped")
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "421 Gone"
        self._write(envelope, envelope.rcpt_tos, "accepted")
        await asyncio.sleep(behaviour.get("seconds", 0))
        return "250 OK"

    def _behaviour(self) -> dict[str, Any]:
        behaviour: dict[str, Any] = json.loads((self.folder / "behaviour.json").read_text())
        return behaviour

    def _write(self, envelope: Envelope, to: list[Any], outcome: str) -> None:
        content = envelope.content or b""
        assert isinstance(content, bytes)
        record = {
            "from": envelope.mail_from,
            "to": to,
            "raw": content.decode("latin-1"),
            "outcome": outcome,
        }
        with (self.folder / "sink.jsonl").open("a") as sink:
            sink.write(json.dumps(record) + "\n")


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    ident = f"todoku-{os.getpid()}"
    Controller(Sink(folder), hostname="127.0.0.1", port=port, ident=ident).start()
    signal.pause()


if __name__ == "__main__":
    main()
