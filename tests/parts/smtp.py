"""A mail server of the tests' own, in a process of its own.

It writes down every mail that it was handed, and can be told to behave badly:

    smtp.refuse(451)       every recipient, until further notice
    smtp.slow(500)         take the mail, and say so half a second later
    smtp.drop()            take the mail, and hang up without a word
    smtp.accept()          be good again
"""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import sys
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

from tests.parts.ports import free_port
from tests.parts.server import MissingPart, Server, wait_until


@dataclass(frozen=True)
class Mail:
    """What the server was handed. The envelope counts, not what the headers say."""

    sender: str
    to: list[str]
    raw: bytes
    outcome: str  # accepted, or dropped: taken, and the sender was never told

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: Literal["plain", "html"]) -> str:
        body = self.message.get_body(preferencelist=(kind,))
        return str(body.get_content()).replace("\r\n", "\n") if body else ""


class Smtp(Server):
    name = "smtp"

    def __init__(self) -> None:
        super().__init__()
        if not importlib.util.find_spec("aiosmtpd"):
            raise MissingPart("aiosmtpd", install=".venv/bin/pip install aiosmtpd")
        self.port = free_port()
        self.sink = self.folder / "sink.jsonl"
        self.behaviour = self.folder / "behaviour.json"
        self.accept()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[Mail]:
        """Every mail it took, in the order in which they came."""
        return [
            Mail(each["from"], each["to"], each["raw"].encode("latin-1"), each["outcome"])
            for each in self._records()
            if each["outcome"] != "refused"
        ]

    @property
    def refused(self) -> list[str]:
        """The recipients it refused, once for each try."""
        return [each["to"][0] for each in self._records() if each["outcome"] == "refused"]

    def wait_for(self, count: int) -> list[Mail]:
        wait_until(
            lambda: len(self.mails) >= count,
            f"{count} mails came",
            lambda: f"{len(self.mails)} came",
        )
        return self.mails

    def accept(self) -> None:
        self._behave(mode="accept")

    def refuse(self, code: int = 550) -> None:
        self._behave(mode="refuse", code=code)

    def slow(self, milliseconds: int) -> None:
        self._behave(mode="slow", seconds=milliseconds / 1000)

    def drop(self) -> None:
        self._behave(mode="drop")

    def clear(self) -> None:
        """Forget the mails."""
        self.sink.unlink(missing_ok=True)

    def command(self) -> list[str]:
        server = Path(__file__).with_name("smtp_server.py")
        return [sys.executable, "-P", str(server), str(self.port), str(self.folder)]

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return f"todoku-{self.pid}".encode() in connection.recv(200)
        except OSError:
            return False

    def _behave(self, **behaviour: object) -> None:
        new = self.behaviour.with_suffix(".new")
        new.write_text(json.dumps(behaviour))
        os.replace(new, self.behaviour)

    def _records(self) -> list[dict[str, Any]]:
        written = self.sink.read_text() if self.sink.exists() else ""
        whole_lines = written[: written.rfind("\n") + 1].splitlines()
        return [json.loads(line) for line in whole_lines]
