"""Parse a mail as it came over the wire (RFC 5322): who wrote it, what, and what is odd about it.

Nothing is refused: what cannot be read has a note, and all the rest is there. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

from lib.storable import storable
from voc.replies.incoming.body import Body
from voc.replies.incoming.charsets import decoded
from voc.replies.incoming.message_ids import message_ids_in
from voc.replies.incoming.own_words import own_words

MEGABYTE = 1_000_000
READ_OF_TOO_LARGE = MEGABYTE
MOST_HEADERS, LONGEST_HEADER = 200, 4_000

Note = tuple[str, str]  # a key of voc/replies/notes.py, and what it is about


@dataclass
class ParsedMail:
    """A mail as its sender wrote it. `headers` are decoded, in their order."""

    message_id: str
    headers: list[tuple[str, str]]
    kind: str  # its content type
    report: str  # what kind of report it is, where it is one
    from_name: str = ""
    from_address: str = ""
    whole_text: str = ""
    attachments: list[tuple[str, int]] = field(default_factory=list)
    enclosed: str = ""  # what it encloses of other mails: their headers, what a server said of them
    notes: list[Note] = field(default_factory=list)

    def all(self, *names: str) -> list[str]:
        wanted = {name.lower() for name in names}
        return [value for name, value in self.headers if name.lower() in wanted]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    @property
    def subject(self) -> str:
        return " ".join(self.first("Subject").split())

    @property
    def text(self) -> str:
        """The writer's own words."""
        return own_words(self.whole_text)


def parse(raw: bytes, *, most_mb: int) -> ParsedMail:
    """The mail; of one with more megabytes than that, what its beginning says."""
    is_too_large = len(raw) > most_mb * MEGABYTE
    message = message_from_bytes(
        raw[:READ_OF_TOO_LARGE] if is_too_large else raw, policy=policy.compat32
    )
    headers = [*_headers(message)]
    mail = ParsedMail(
        message_id="",
        headers=headers,
        kind=message.get_content_type(),
        report=str(message.get_param("report-type") or "").lower(),
    )
    mail.message_id = next(iter(message_ids_in(mail.all("Message-ID"))), "") or _made_up(raw)
    mail.from_name, mail.from_address = _sender(mail.first("From"))
    body = Body(message)
    mail.whole_text, mail.enclosed = storable(body.text), storable(body.enclosed)
    mail.attachments = [(storable(name), size) for name, size in body.attachments]
    notes = [("too_large", str(most_mb))] * is_too_large + body.notes
    mail.notes = [(key, storable(about)) for key, about in notes]
    return mail


def words_in(value: str) -> str:
    """The words of a header: encoded-words and bare bytes become what they mean."""
    try:
        pieces = decode_header(value)
    except (ValueError, LookupError):  # no base64
        pieces = [(value, None)]
    return "".join(_piece(piece, charset) for piece, charset in pieces)


def _piece(piece: bytes | str, charset: str | None) -> str:
    content = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
    return decoded(content, charset or "utf-8")[0]


def _headers(message: Message) -> Iterator[tuple[str, str]]:
    for name, value in list(message.raw_items())[:MOST_HEADERS]:
        one_line = " ".join(str(value)[:LONGEST_HEADER].split())
        yield storable(name), storable(words_in(one_line))


def _sender(value: str) -> tuple[str, str]:
    """Name and address of the first in From. A name that looks like an address stays a name."""
    name, address = next(iter(getaddresses([value])), ("", ""))
    return name.strip(), address.strip() if "@" in address else ""


def _made_up(raw: bytes) -> str:
    """An id for a mail without one: the same mail has the same."""
    return f"<{sha256(raw).hexdigest()}@no-message-id>"
