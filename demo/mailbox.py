"""The demo's mailbox: mails kept in a folder instead of being sent, read back from there.

Django writes one file per connection and a line of dashes after each mail. While a worker writes,
the last mail of a file has no such line yet: it is left for the next look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

# Mails quote customers, who may draw lines too; after a real one the next mail's header follows.
END = re.compile(rb"\n-{79}\n(?=Content-Type: |\Z)")
MOST_MAILS = 200


@dataclass(frozen=True)
class Mail:
    file: str
    number: int
    message: EmailMessage

    @property
    def at(self) -> datetime:
        """The date. Django writes UTC as -0000, which Python takes for a time of no known zone."""
        written: datetime = self.message["Date"].datetime
        return written if written.tzinfo else written.replace(tzinfo=UTC)

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def sender(self) -> str:
        return str(self.message["From"].addresses[0].display_name)

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    @property
    def first_words(self) -> str:
        return " ".join(self.text.split())[:160]

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def newest(folder: Path, *, most: int = MOST_MAILS) -> list[Mail]:
    """The newest mails, from the newest files until there are enough."""
    found: list[Mail] = []
    for file in sorted(folder.glob("*.log"), reverse=True):
        found += _mails_in(file)
        if len(found) >= most:
            break
    return sorted(found, key=lambda mail: (mail.at, mail.file, mail.number), reverse=True)[:most]


def find(folder: Path, file: str, number: int) -> Mail | None:
    path = folder / f"{file}.log"
    mails = _mails_in(path) if path.is_file() else iter(())
    return next((mail for mail in mails if mail.number == number), None)


def _mails_in(file: Path) -> Iterator[Mail]:
    *mails, _unfinished = END.split(file.read_bytes())
    for number, raw in enumerate(mails):
        message = message_from_bytes(raw, policy=policy.default)
        yield Mail(file.stem, number, message)
