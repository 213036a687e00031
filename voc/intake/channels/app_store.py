"""The App Store: its public feed of reviews, and App Store Connect's answers; both are JSON."""

from __future__ import annotations

from typing import Any

from voc.intake.channels.source import Items, Source


def _opened(value: Any) -> Items | None:
    """The reviews in a page of either; the first entry of an older feed is the app itself."""
    match value:
        case {"feed": {"entry": list(entries)}}:
            return [entry for entry in entries if "im:rating" in entry]
        case {"feed": {"entry": {"im:rating": _} as only}}:
            return [only]
        case {"feed": {"author": _}}:
            return []
        case {"data": [{"type": "customerReviews"}, *_] as reviews}:
            replies = {_reply_to(each): each for each in value.get("included") or []}
            return [{**each, "response": replies.get(each.get("id"))} for each in reviews]
    return None


def _reply_to(included: Any) -> str | None:
    match included:
        case {"relationships": {"review": {"data": {"id": str(review)}}}}:
            return review
    return None


APP_STORE = Source(
    key="app-store",
    name="App Store",
    channel="review",
    marks=(
        frozenset({"im rating label", "content label"}),
        frozenset({"attributes rating", "attributes body", "attributes territory"}),
    ),
    columns={
        "text": ("content.label", "attributes.body"),
        "title": ("title.label", "attributes.title"),
        "id": ("id.label", "id"),
        "date": ("updated.label", "attributes.createdDate"),
        "stars": ("im:rating.label", "attributes.rating"),
    },
    opened=_opened,
)
