"""Google Play: the reviews of a month as the Play Console keeps them, a CSV in UTF-16."""

from __future__ import annotations

import re
from urllib.parse import unquote

from voc.intake.channels.source import Source

REVIEW_ID = re.compile(r"review_?id=([^&#]+)", re.IGNORECASE)


def _read_id(link: str) -> str:
    """The id in the link to the review; who gave stars alone has no link."""
    found = REVIEW_ID.search(link)
    return unquote(found[1]) if found else link


GOOGLE_PLAY = Source(
    key="google-play",
    name="Google Play",
    channel="review",
    marks=(frozenset({"package name", "star rating", "review submit millis since epoch"}),),
    columns={
        "text": ("review text",),
        "title": ("review title",),
        "id": ("review link", "review url"),
        "date": ("review submit date and time",),
        "stars": ("star rating",),
    },
    zone="UTC",
    read_id=_read_id,
    id_from=("package name", "review submit millis since epoch", "device"),
)
