"""Log lines: what nobody may read there (tokens of links, mail addresses) is masked.

Masking comes last, when the line is written: what was filled in and the traceback stand in it then.
"""

from __future__ import annotations

import logging
import re

# A character may be percent-encoded, more than once: %2F, %252F.
_SLASH, _DOT, _AT = r"(?:/|%(?:25)*2f)", r"(?:\.|%(?:25)*2e)", r"(?:@|＠|%(?:25)*40)"

# What stands behind /s/, /u/ or /c/; with spaces in it where a mail program broke the link.
LINK = re.compile(
    rf"({_SLASH}[csu]{_SLASH}+)"
    rf"(?:[^/\s?\"']+(?:[ \t]+(?!HTTP/)[^/\s?\"']+){{1,3}}(?=/)|[^/\s?\"']+)",
    re.IGNORECASE,
)
# A token by its shape, wherever it stands: a number, a dot, and a long run of base64.
TOKEN = re.compile(rf"(?<![\w.])(?:\d|%(?:25)*3\d){{1,40}}{_DOT}[\w%-]{{20,}}", re.I | re.A)
# Its domain has a dot in it: worker@host is a process.
ADDRESS = re.compile(
    rf"(?:\"[^\"\s]{{1,64}}\"|[^\s\"'<>()\[\]{{}},;:=|/\\&?@＠]{{1,200}}){_AT}"
    rf"(?:\[[^\]\s]+\]|[\w-]+(?:(?:[.。．｡]|%(?:25)*2e)[\w-]+)+)",
    re.IGNORECASE,
)


def masked(line: str) -> str:
    """The line without tokens, so that its reader answers in no customer's name, nor addresses."""
    for secret, instead in ((LINK, r"\1…"), (TOKEN, "…"), (ADDRESS, "…@…")):
        line = secret.sub(instead, line)
    return line


class MaskingFormatter(logging.Formatter):
    """Writes what another formatter does, or one of this format, masked."""

    def __init__(self, inner: logging.Formatter | str | None = None) -> None:
        super().__init__()
        self.inner = inner if isinstance(inner, logging.Formatter) else logging.Formatter(inner)

    def format(self, record: logging.LogRecord) -> str:
        return masked(self.inner.format(record))


def mask(log: logging.Logger) -> None:
    """Make all handlers of a logger mask what they write, each in its own format."""
    for handler in log.handlers:
        if not isinstance(handler.formatter, MaskingFormatter):
            handler.setFormatter(MaskingFormatter(handler.formatter))
