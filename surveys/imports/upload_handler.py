"""Refuses files that are too large, before anything of them is read or kept."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from lib.tables.limits import BYTES_PER_FILE

BESIDE_THE_FILE = 64 * 1024  # for the other fields of the form
HANG_UP_ABOVE = 8 * BYTES_PER_FILE  # who sends as much is not even listened to


def is_too_large(request: HttpRequest) -> bool:
    """The request is longer than one with the largest file."""
    return _length(request.META) > BYTES_PER_FILE + BESIDE_THE_FILE


class RefuseLargeFiles(FileUploadHandler):
    """The first of FILE_UPLOAD_HANDLERS: what is too large reaches neither memory nor disk.

    The rest of the form is read all the same, so that the page can answer with a sentence.
    """

    length = 0

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], *rest: Any) -> None:
        self.length = _length(META)

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        if self.length > HANG_UP_ABOVE:
            raise StopUpload(connection_reset=True)
        if self.length > BYTES_PER_FILE + BESIDE_THE_FILE:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is kept by the handlers after this one."""


def _length(meta: dict[str, Any]) -> int:
    try:
        return int(meta.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
