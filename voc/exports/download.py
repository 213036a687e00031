"""The file of an export, read part by part: of a million lines a few hundred are in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from voc.models import Export


class FileIsGone(Exception):
    """The file was deleted while it was being read: the download must not seem whole."""


def content_of(export: Export) -> Iterator[bytes]:
    """The bytes of a complete export. Each part is a statement of its own: no transaction stays
    open for the hours that a slow line may take."""
    sent, number = 0, 0
    while sent < (export.size or 0):
        part = export.parts.filter(number=number).values_list("content", flat=True).first()
        if part is None:
            raise FileIsGone
        table = zlib.decompress(part)
        yield table
        sent, number = sent + len(table), number + 1
