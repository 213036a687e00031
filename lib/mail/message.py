"""A mail: one of Django's own for whoever asks, and its bytes without the email package's work.

The email package writes the head once for all readers of the same words, with places
(`lib/mail/places.py`). What is out of the ordinary, such as an address in quotation marks or a
line longer than a mail may have, is left to the email package altogether.
"""

from __future__ import annotations

import re
import secrets
from email.utils import formatdate
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT as LONGEST_LINE
from django.core.mail.message import sanitize_address

from lib import addresses
from lib.mail.headers import encoded
from lib.mail.places import Text, mark

LONGEST_HEADER = 78  # characters; the value of a longer one begins on a line of its own
ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9.-]+", re.ASCII | re.IGNORECASE)
IN_ANGLES = re.compile(r"<[!-+./0-:=?-~-]+>")
DATE, BOUNDARY = re.compile("(?<=\nDate: )[^\r]+"), re.compile('(?<=boundary=")[^"]+')
PART = (
    '--{boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\nMIME-Version: 1.0\r\n'
    "Content-Transfer-Encoding: {bits}\r\n\r\n"
)


class Mail(EmailMultiAlternatives):
    """A mail in words and in HTML, to one reader."""

    head: Text | None = None

    def message(self, **options: Any) -> Any:
        """Django's message, its subject of any length encoded as RFC 2047 asks."""
        message = super().message(**options)
        message.replace_header("Subject", encoded(str(self.subject)))
        return message

    def as_bytes(self) -> bytes:
        """The bytes of `message()`, in a small part of its time."""
        text, html = _encoded(str(self.body)), _encoded(str(self.alternatives[0][0]))
        if self.head and self._is_ordinary() and _fits(text) and _fits(html):
            return self._put_together(self.head, text, html)
        return bytes(self.message().as_bytes(linesep="\r\n"))

    def address_on_the_wire(self) -> str:
        """The reader's address for the mail server. Raises ValueError where it is none."""
        to = str(self.to[0])
        return to if ADDRESS.fullmatch(to) else addresses.for_mail(sanitize_address(to, "utf-8"))

    def head_with_places(self) -> Text:
        """The head of this mail to nobody, which has marks where its reader is named."""
        head, *_bodies = self.message().as_bytes(linesep="\r\n").partition(b"\r\n\r\n")
        dateless = DATE.sub(mark("date"), head.decode("ascii"))
        return Text(BOUNDARY.sub(mark("boundary"), dateless))

    def _is_ordinary(self) -> bool:
        angles = (self.extra_headers["Message-ID"], self.extra_headers["List-Unsubscribe"])
        return bool(ADDRESS.fullmatch(self.to[0])) and all(map(IN_ANGLES.fullmatch, angles))

    def _put_together(self, head: Text, text: bytes, html: bytes) -> bytes:
        boundary = f"==============={secrets.randbelow(10**19):019d}=="
        values = {
            "to": _folded("To", self.to[0]),
            "date": formatdate(localtime=settings.EMAIL_USE_LOCALTIME),
            "boundary": boundary,
            "message_id": _folded("Message-ID", self.extra_headers["Message-ID"]),
            "unsubscribe": _folded("List-Unsubscribe", self.extra_headers["List-Unsubscribe"]),
        }
        pieces = (
            f"{head.filled(values)}\r\n\r\n{_part(boundary, 'plain', text)}".encode("ascii"),
            text,
            f"\r\n{_part(boundary, 'html', html)}".encode("ascii"),
            html,
            f"\r\n--{boundary}--\r\n".encode("ascii"),
        )
        return b"".join(pieces)


def _encoded(text: str) -> bytes:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", "\r\n").encode()


def _fits(text: bytes) -> bool:
    return max(map(len, text.split(b"\r\n"))) <= LONGEST_LINE


def _folded(name: str, value: str) -> str:
    return value if len(f"{name}: {value}") <= LONGEST_HEADER else f"\r\n {value}"


def _part(boundary: str, kind: str, text: bytes) -> str:
    return PART.format(boundary=boundary, kind=kind, bits="7bit" if text.isascii() else "8bit")
