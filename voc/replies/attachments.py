"""Files that go along with a reply: which may, how large they may be, and harmless names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from lib.storable import storable
from lib.text import cut, visible
from voc.models import Attachment, Draft
from voc.models.replies import LONGEST_FILE_NAME

MEGABYTE = 1_000_000
# What a mail says that a file is; never what a browser said.
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "txt": "text/plain",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*;]+')
LONGEST_ENDING = 10


def add(draft: Draft, files: Iterable[UploadedFile]) -> list[str]:  # type: ignore[type-arg]
    """Keep the files that may go along; return a sentence for each that may not."""
    refused = []
    for file in files:
        if why := _why_not(draft, file):
            refused.append(why)
        else:
            _keep(draft, file)
    return refused


def harmless_name(name: str) -> str:
    """The name without folders, signs that mean something to a shell, and what nobody sees."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", visible(storable(name))))[-1]
    plain = " ".join(UNSAFE.sub(" ", last).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return cut(plain, LONGEST_FILE_NAME) or "file"
    return f"{cut(stem, LONGEST_FILE_NAME - len(ending) - 1)}.{ending}"


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower()


def accepted() -> list[str]:
    return [f".{ending}" for ending in settings.REPLY_FILE_TYPES]


def _why_not(draft: Draft, file: UploadedFile) -> str:  # type: ignore[type-arg]
    name, size = harmless_name(file.name or ""), file.size or 0
    said = {"name": name, "most": settings.REPLY_FILE_MB, "all": settings.REPLY_FILES_MB}
    if ending_of(name) not in settings.REPLY_FILE_TYPES:
        return gettext(
            "“%(name)s” was not attached: files of this kind are not sent. Those that are: "
            "%(kinds)s."
        ) % {**said, "kinds": kinds()}
    if not size:
        return gettext("“%(name)s” was not attached: it is empty.") % said
    if size > settings.REPLY_FILE_MB * MEGABYTE:
        return (
            gettext("“%(name)s” was not attached: it is larger than %(most)d MB, the most.") % said
        )
    if _size_of_all(draft) + size > settings.REPLY_FILES_MB * MEGABYTE:
        return (
            gettext(
                "“%(name)s” was not attached: together the files would be larger than %(all)d MB, "
                "which many mail servers refuse."
            )
            % said
        )
    return ""


def _size_of_all(draft: Draft) -> int:
    return sum(draft.attachments.values_list("size", flat=True))


def _keep(draft: Draft, file: UploadedFile) -> None:  # type: ignore[type-arg]
    name, content = harmless_name(file.name or ""), file.read()
    kind = TYPES.get(ending_of(name), "application/octet-stream")
    Attachment.objects.create(
        draft=draft, name=name, content_type=kind, size=len(content), content=content
    )


def kinds() -> str:
    """The kinds of files that may go along, for people."""
    return ", ".join(settings.REPLY_FILE_TYPES).upper()


def named(files: Iterable[tuple[str, int]]) -> list[str]:
    """Files that a customer's mail had, with their sizes, for people."""
    return [f"{visible(name)} ({filesizeformat(size)})" for name, size in files]
