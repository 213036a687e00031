"""The body of a mail: its words as plain text, and the names of what is attached."""

from __future__ import annotations

from email.header import decode_header
from email.message import Message

from voc.replies.incoming.charsets import decoded
from voc.replies.incoming.html import words_in_html

LONGEST_TEXT = 200_000  # characters
MOST_ATTACHMENTS = 50
DEEPEST = 20  # parts inside parts
LONGEST_NAME = 200
WINMAIL = ("application/ms-tnef", "application/vnd.ms-tnef")
CLOSED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
REPORTS = ("message/delivery-status", "text/rfc822-headers", "message/rfc822")


class Body:
    """Reads a message; what it found on the way stands in the attributes."""

    def __init__(self, message: Message) -> None:
        self.notes: list[tuple[str, str]] = []
        self.attachments: list[tuple[str, int]] = []
        self._enclosed: list[str] = []
        text = self._words(message, 0).replace("\r\n", "\n").strip()
        self.text = text[:LONGEST_TEXT]
        if len(text) > LONGEST_TEXT:
            self._note("long", str(LONGEST_TEXT))

    @property
    def enclosed(self) -> str:
        return "\n".join(self._enclosed)[:LONGEST_TEXT]

    def _words(self, part: Message, depth: int) -> str:
        kind = part.get_content_type()
        if kind in REPORTS:
            self._enclosed.append(_as_text(part))
            return ""
        if part.is_multipart():
            return self._words_of_many(part, kind, depth + 1)
        if kind in ("text/plain", "text/html") and not _is_attached(part):
            return self._text(part, kind)
        self._attached(part, kind)
        return ""

    def _words_of_many(self, part: Message, kind: str, depth: int) -> str:
        if depth > DEEPEST:
            self._note("nested", str(DEEPEST))
            return ""
        if kind in CLOSED:
            self._note("encrypted", "")
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        if kind == "multipart/alternative":
            return self._best(children, depth)
        texts = [self._words(child, depth) for child in children]
        return "\n\n".join(filter(None, texts))

    def _best(self, children: list[Message], depth: int) -> str:
        """Plain words where there are any; all of these parts say the same."""
        by_kind = sorted(children, key=lambda child: child.get_content_type() != "text/plain")
        texts = [self._words(child, depth) for child in by_kind]
        return next((text for text in texts if text.strip()), "")

    def _text(self, part: Message, kind: str) -> str:
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            return str(part.get_payload())
        said = _charset(part)
        text, really = decoded(content, said)
        if really:
            self._note("charset", f"{said} → {really}")
        return words_in_html(text[:LONGEST_TEXT]) if kind == "text/html" else text

    def _attached(self, part: Message, kind: str) -> None:
        content = part.get_payload(decode=True)
        name = _name(part) or kind
        if kind in WINMAIL or name.lower() == "winmail.dat":
            self._note("winmail", name)
        if kind in CLOSED:
            self._note("encrypted", "")
        if len(self.attachments) < MOST_ATTACHMENTS:
            self.attachments.append((name, len(content) if isinstance(content, bytes) else 0))
        else:
            self._note("many_files", str(MOST_ATTACHMENTS))

    def _note(self, key: str, about: str) -> None:
        if (key, about) not in self.notes:
            self.notes.append((key, about))


def _is_attached(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition", "")).strip().lower()
    return disposition.startswith("attachment") or bool(_name(part))


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "us-ascii")
    except (LookupError, ValueError):
        return "us-ascii"


def _name(part: Message) -> str:
    """The name of a file, in whichever of the ways that mail programs write it."""
    try:
        name = part.get_filename() or ""
        pieces = decode_header(name)
    except (LookupError, ValueError, TypeError):
        return "?"
    words = [
        decoded(piece, charset or "utf-8")[0] if isinstance(piece, bytes) else piece
        for piece, charset in pieces
    ]
    return "".join(words).strip()[:LONGEST_NAME]


def _as_text(part: Message) -> str:
    """A part that encloses another mail or speaks of one, without what is attached to that."""
    if part.is_multipart():
        inner = [child for child in part.get_payload() if isinstance(child, Message)]
        fields = [each for child in inner for each in child.items()]
        return "\n".join(f"{name}: {' '.join(str(value).split())}" for name, value in fields)
    content = part.get_payload(decode=True)
    return decoded(content, "utf-8")[0] if isinstance(content, bytes) else ""
