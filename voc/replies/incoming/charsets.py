"""Decode words of a mail. What a mail says of its charset is believed as far as it can be true."""

from __future__ import annotations

import codecs
import re
from io import BytesIO

from lib.tables.formats.encoding import find_encoding
from lib.tables.sheet import UnreadableTable

# What mails say, and the wider charset that their writers really have.
WIDER = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jis_2004",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
ONE_BYTE = {"cp1252"}  # decodes nearly anything
IN_JIS = re.compile(rb"\x1b\$[@B]([!-~]+)")


def decoded(content: bytes, said: str) -> tuple[str, str]:
    """The words, and the charset they were really in where the mail said another; else ""."""
    name = said.strip().strip("\"'").lower() or "us-ascii"
    codec = WIDER.get(name, name)
    if codec.startswith("iso-2022-jp") and (text := _jis(content)) is not None:
        return text, ""
    if not (codec in ONE_BYTE and _is_utf_8(content)):
        text = _strictly(content, codec)
        if text is not None:
            return text, ""
    return _guessed(content, codec)


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _jis(content: bytes) -> str | None:
    """ISO-2022-JP with what mail programs put into it beyond the standard: ①, ㈱."""
    if (text := _strictly(content, "iso2022_jp")) is not None:
        return text
    as_euc = IN_JIS.sub(lambda found: bytes(byte | 0x80 for byte in found[1]), content)
    return _strictly(as_euc.replace(b"\x1b(B", b"").replace(b"\x1b(J", b""), "euc_jis_2004")


def _is_utf_8(content: bytes) -> bool:
    return not content.isascii() and _strictly(content, "utf-8") is not None


def _guessed(content: bytes, said: str) -> tuple[str, str]:
    """By what the bytes look like. Bytes that fit nowhere become �, and no word around is lost."""
    if _is_utf_8(content):
        return content.decode(), "UTF-8"
    try:
        found = find_encoding(BytesIO(content))
        name = found.name
    except UnreadableTable:
        return content.decode(_known(said), "replace"), "?"
    return content.decode(found.codec, "replace"), name


def _known(codec: str) -> str:
    try:
        return codecs.lookup(codec).name if not codec.startswith("x-") else "utf-8"
    except (LookupError, ValueError):
        return "utf-8"
