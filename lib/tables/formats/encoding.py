"""Find the encoding of a file, also of a small one, and decode it with every bad byte marked.

Bytes that are valid UTF-8 are UTF-8. For all others each encoding is tried on the lines that are
not ASCII, and the one wins whose characters are likeliest to have been typed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from lib.tables.sheet import UnreadableTable, excerpt

# The encodings that somebody may name, by what Python and people call them.
ENCODINGS = {
    "utf-8": "UTF-8",
    "cp932": "Shift_JIS",
    "utf-16": "UTF-16",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "cp1252": "Windows-1252",
}
# Python has several of some, each with characters that another lacks.
KINDS = {
    "euc_jp": ["euc_jp", "euc_jis_2004"],
    "iso2022_jp": ["iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004"],
    "utf-16": ["utf-16-le", "utf-16-be"],
}
BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF32_BE: "utf-32",
}
BYTES_PER_CHUNK = 1 << 20
BYTES_JUDGED = 1 << 16
LEAST_LIKELY = 0.2
MOST_BAD_BYTES = 10  # in a file with few other characters; else a tenth of them

BAD_BYTE = re.compile("[\udc00-\udcff]")
# Bytes that mean nothing in Shift_JIS, and the characters that Python makes of them.
NO_SHIFT_JIS = str.maketrans("\x80\uf8f0\uf8f1\uf8f2\uf8f3", "\udc80\udca0\udcfd\udcfe\udcff")
NOT_ASCII = re.compile("[^\0-\x7f]")


@dataclass(frozen=True)
class Encoding:
    codec: str
    note: str = ""  # for the person who chose the file, where it was a guess

    @property
    def name(self) -> str:
        return next((ENCODINGS[e] for e in ENCODINGS if self.codec in (e, *KINDS.get(e, []))), "")


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Put a lone surrogate for a byte that does not fit: no decoder makes one of good bytes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    whole = error.encoding.startswith("utf")  # the others would swallow an ASCII byte with it
    end = error.end if whole else error.start + 1
    return chr(0xDC00 + error.object[error.start]), end


codecs.register_error("todoku.mark", _mark)


def find_encoding(file: BinaryIO, given: str | None = None) -> Encoding:
    """The encoding of the file, as given or as its bytes show. Raises UnreadableTable."""
    if given is not None and given not in ENCODINGS:
        raise UnreadableTable(
            _("“%(name)s” is no encoding we know; choose one of %(names)s.")
            % {"name": given, "names": ", ".join(ENCODINGS)}
        )
    found = Encoding(_of_kind(file, given)) if given else _guess(file)
    _refuse_wrong(file, found)
    return found


def marked(text: str, encoding: str) -> str:
    """The text with a mark also for those bad bytes for which the decoder has a character."""
    return text.translate(NO_SHIFT_JIS) if encoding == "cp932" and not text.isascii() else text


def decoded(file: BinaryIO, encoding: str) -> Iterator[str]:
    """The text in chunks, from the beginning, without a BOM; bad bytes are marked."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("todoku.mark")
    at_start = True
    while chunk := file.read(BYTES_PER_CHUNK):
        text = marked(decoder.decode(chunk), encoding)
        yield text.lstrip("\ufeff") if at_start else text
        at_start = False
    yield decoder.decode(b"", final=True)
    file.seek(0)


def said_bad(text: str) -> str:
    """Where in the text the first byte is that did not fit; empty where all of it did."""
    mark = None if text.isascii() else BAD_BYTE.search(text)
    if mark is None:
        return ""
    before = excerpt(text[max(0, mark.start() - 30) : mark.start()])
    return _("byte 0x%(byte)02X after “%(words)s” does not fit the encoding of the file") % {
        "byte": ord(mark[0]) - 0xDC00,
        "words": before,
    }


def _guess(file: BinaryIO) -> Encoding:
    start = _beginning(file)
    if bom := next((BOMS[bom] for bom in BOMS if start.startswith(bom)), None):
        return Encoding(bom)
    if codec := _wide(start):
        return Encoding(codec, _note("UTF-16"))
    if re.search(rb"\x1b(\$|\(I)", start) and (codec := _of_kind(file, "iso2022_jp")):
        return Encoding(codec, _note("ISO-2022-JP"))
    lines = _lines_to_judge(file)
    if _is_utf_8(file) and not _is_kana_by_chance(lines):
        return Encoding("utf-8")
    return _likeliest(lines)


def _note(name: str) -> str:
    return _(
        "The file does not say how its characters are encoded; it was read as %(encoding)s."
    ) % {"encoding": name}


def _beginning(file: BinaryIO) -> bytes:
    file.seek(0)
    start = file.read(BYTES_JUDGED)
    file.seek(0)
    return start


def _wide(start: bytes) -> str | None:
    """The UTF-16 that a file without a BOM is in: ASCII has a null byte on one side of each."""
    start = start[: len(start) // 2 * 2]
    for codec, nulls in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        ends = "\n".encode(codec), "\r".encode(codec)
        if nulls.count(0) * 0.95 >= start.count(0) - nulls.count(0) and any(
            end in start for end in ends
        ):
            text = start.decode(codec, "todoku.mark")
            if "\0" not in text and not any(map(_is_impossible, text[:-1])):
                return codec
    return None


def _of_kind(file: BinaryIO, name: str) -> str:
    """The codec of this kind that leaves the fewest bytes undecoded."""
    if name == "utf-16" and _beginning(file)[:2] in BOMS:
        return name
    return min(KINDS.get(name, [name]), key=lambda codec: _counts(file, codec)[0])


def _is_utf_8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(BYTES_PER_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def _is_kana_by_chance(lines: bytes) -> bool:
    """True for half-width kana in Shift_JIS of which each two happen to be a letter of UTF-8.

    It must be one of Greek, Cyrillic or the like, standing alone: signs such as ½ stand alone too.
    """
    text = lines.decode("utf-8", "todoku.mark")
    if not all(char < "\x80" or "\u0100" <= char < "\u0800" for char in text):
        return False
    return _likelihood(lines, "utf-8") < 0.5 < _likelihood(lines, "cp932")


def _lines_to_judge(file: BinaryIO) -> bytes:
    """The first lines that are not ASCII, as many as are enough to judge by."""
    found = bytearray()
    for line in file:
        if not line.isascii():
            found += line[:BYTES_JUDGED]
            if len(found) > BYTES_JUDGED:
                break
    file.seek(0)
    return bytes(found)


def _likeliest(lines: bytes) -> Encoding:
    text = lines.decode("utf-8", "todoku.mark")
    if sum(char > "\u07ff" and not _is_bad(char) for char in text) > len(BAD_BYTE.findall(text)):
        return Encoding("utf-8")
    candidates = ["cp932", *KINDS["euc_jp"], "utf-8", "cp1252"]
    likely = {codec: _likelihood(lines, codec) for codec in candidates}
    codec = max(candidates, key=lambda codec: likely[codec])
    if likely[codec] < LEAST_LIKELY:
        raise UnreadableTable(
            _(
                "How the characters of this file are encoded cannot be told: as UTF-8, Shift_JIS, "
                "EUC-JP or Windows-1252 they make no words. Please save it as “CSV UTF-8” or say "
                "which encoding it has."
            )
        )
    found = Encoding(codec)
    return found if codec == "utf-8" else Encoding(codec, _note(found.name))


def _likelihood(lines: bytes, codec: str) -> float:
    """How likely it is that somebody typed these characters, at most 1."""
    text = lines.decode(codec, "todoku.mark")
    around = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    worth = [
        _mojibake(codec, char, after) or _worth(before, char, after)
        for before, char, after in around
        if char > "\x7f"
    ]
    if codec.startswith("euc") and not re.search("[ぁ-んァ-ヶ]", text):
        return sum(worth) / len(worth) - 0.4  # two half-width kana are some kanji of EUC-JP
    return sum(worth) / len(worth) if worth else -1


def _mojibake(codec: str, char: str, after: str) -> float:
    """Less than 0 for two characters of Windows-1252 that are one of UTF-8."""
    return -1 if codec == "cp1252" and char in "ÂÃ" and not after.isascii() else 0


def _worth(before: str, char: str, after: str) -> float:
    letters = [beside.isascii() and beside.isalpha() for beside in (before, after)]
    if _is_impossible(char):
        return -1
    if "ぁ" <= char <= "ヿ" or "\u3000" <= char <= "〟" or "！" <= char <= "～":
        return 1
    if "｡" <= char <= "ﾟ":
        return _worth_half_width(before, char, after, any(letters))
    if "一" <= char <= "鿿":
        return -1 if all(letters) else 0.3 if any(letters) else _worth_kanji(char)
    if "À" <= char <= "ɏ":
        return 0.8 if any(letters) else 0.2
    if char in "‘’“”–—…•€™":
        return 0.5
    if char < "\u0100" or char in "ˆ˜†‡‰‹›‚„":
        return 0.25 if char in "£§°²³¿¡«»®©ªº" and (before + after).strip().isascii() else 0.1
    return 0.2 if char.isalpha() and not (before + after).strip().isalpha() else 0.6


def _worth_half_width(before: str, char: str, after: str, beside_letter: bool) -> float:
    if beside_letter:
        return -1
    beside_kana = any("｡" <= beside <= "ﾟ" for beside in (before, after))
    if char <= "･":
        return 0.2 if beside_kana else -0.5
    return 0.7 if beside_kana else -0.5 if any(map(_is_kanji, (before, after))) else 0.3


def _worth_kanji(char: str) -> float:
    """Much for the kanji that everybody uses, little for the rare ones."""
    try:
        lead, trail = char.encode("shift_jis")
    except UnicodeEncodeError:
        return 0.5
    return 0.9 if (lead, trail) <= (0x98, 0x72) else 0.1


def _is_kanji(char: str) -> bool:
    return "一" <= char <= "鿿"


def _is_bad(char: str) -> bool:
    return "\udc00" <= char <= "\udcff"


def _is_impossible(char: str) -> bool:
    """True for what nobody types: a bad byte, a control character, an unassigned one."""
    return char > "\x7f" and unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")


def _refuse_wrong(file: BinaryIO, found: Encoding) -> None:
    """Raise UnreadableTable where so much does not fit that the encoding must be another."""
    bad, others, first = _counts(file, found.codec)
    if bad > max(MOST_BAD_BYTES, others // 10):
        raise UnreadableTable(
            _(
                "This file is not %(encoding)s: %(n)d places do not fit, the first in line "
                "%(number)d. Please save it as “CSV UTF-8” and try again."
            )
            % {"encoding": found.name or found.codec.upper(), "n": bad, "number": first}
        )


def _counts(file: BinaryIO, codec: str) -> tuple[int, int, int]:
    """How many bad bytes and other characters beyond ASCII it has, and the line of the first."""
    bad = others = lines = first = 0
    for text in decoded(file, codec):
        marks = len(BAD_BYTE.findall(text))
        if marks and not bad:
            first = lines + 1 + text[: BAD_BYTE.search(text).start()].count("\n")  # type: ignore[union-attr]
        bad += marks
        others += len(NOT_ASCII.findall(text)) - marks
        lines += text.count("\n")
    return bad, others, first
