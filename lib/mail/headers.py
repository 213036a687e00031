"""Texts as the headers of a mail may hold them: on one line, in words that every program reads."""

from __future__ import annotations

import re
from email.header import Header
from email.utils import formataddr

from lib.storable import storable

# RFC 2047 allows an encoded-word 75 characters; one of these stands beside "Subject: " on a line.
LONGEST_WORD = 66
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_line(text: str) -> str:
    return " ".join(CONTROL.sub(" ", storable(text)).split())


def encoded(line: str) -> str:
    """The line in ASCII; where it is none, as encoded-words with spaces between them.

    Mail programs drop these spaces, and lines are folded there. No letter is cut in two.
    """
    return line if _is_plain(line) else Header(line, "utf-8", LONGEST_WORD).encode(linesep="")


def sender(name: str, address: str) -> str:
    """The value of a From header."""
    return formataddr((encoded(one_line(name)), address))


def _is_plain(line: str) -> bool:
    """True if it may stand as it is: not taken for an encoded-word, and short enough to fold."""
    short = all(len(word) <= LONGEST_WORD for word in line.split())
    return line.isascii() and "=?" not in line and short
