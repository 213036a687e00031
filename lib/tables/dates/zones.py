"""Time zones as tables name them: `UTC`, `JST`, `GMT+9`, `+0900`, `Asia/Tokyo`, 日本時間."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from unicodedata import normalize
from zoneinfo import ZoneInfo, available_timezones

# Names that mean one offset everywhere; those of North America as mail has them (RFC 822).
HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "jst": 9, "kst": 9, "日本時間": 9, "日本標準時": 9,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "cet": 1, "cest": 2, "eet": 2, "eest": 3, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11,
}  # fmt: skip
NAME = "|".join(sorted(HOURS, key=len, reverse=True))
OFFSET = r"[+-](?:\d{1,2}|\d{1,2}:\d{2}|\d{4})"
ZONE = rf"(?:(?:{NAME})?\s*{OFFSET}(?![\d:])|(?:{NAME})(?![a-z])|[a-z_]+(?:/[a-z_+\-0-9]+)+)"
IN_BRACKETS = re.compile(r"[(\[【]([^)\]】]+)[)\]】]")
DESCRIBED = re.compile(r'"timeZone"\s*:\s*"([^"]+)"')
PARTS = re.compile(rf"(?:{NAME})?\s*(?:([+-])(\d{{1,2}}):?(\d{{2}})?)?")
WIDEST = timedelta(hours=14)


def zone_named(text: str) -> tzinfo | None:
    """The zone of this name or offset; None for what is none."""
    words = normalize("NFKC", text).casefold().strip()
    if words in HOURS:
        return timezone(timedelta(hours=HOURS[words]))
    if key := _keys().get(words.replace(" ", "_")):
        return ZoneInfo(key)
    return _of_offset(words)


def zone_in(header: str) -> tzinfo | None:
    """The zone that a header has in brackets: `Started at (Asia/Tokyo)`."""
    found = (zone_named(inside) for inside in IN_BRACKETS.findall(normalize("NFKC", header)))
    return next((zone for zone in found if zone), None)


def zone_in_description(words: str) -> tzinfo | None:
    """The zone that Qualtrics has below a header: `{"ImportId": …, "timeZone": "Asia/Tokyo"}`."""
    found = DESCRIBED.search(words)
    return zone_named(found[1]) if found else None


@cache
def _keys() -> dict[str, str]:
    """The names of the world's places, by how they are found: in small letters."""
    return {key.casefold(): key for key in available_timezones() if "/" in key}


def _of_offset(words: str) -> tzinfo | None:
    parts = PARTS.fullmatch(words)
    if not parts or not parts[1]:
        return None
    offset = timedelta(hours=int(parts[2]), minutes=int(parts[3] or 0))
    if offset > WIDEST:
        return None
    return timezone(offset if parts[1] == "+" else -offset)
