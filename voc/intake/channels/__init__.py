"""The tools by which customers' words come in: a file each, which says what its export means.

Pure: nothing here asks a database or the network. A new one is a file with its `Source`, and a line
in SOURCES; uploading, previewing and reporting know it by then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from voc.intake.channels.amazon import AMAZON
from voc.intake.channels.app_store import APP_STORE
from voc.intake.channels.freshdesk import FRESHDESK
from voc.intake.channels.google_play import GOOGLE_PLAY
from voc.intake.channels.intercom import INTERCOM, INTERCOM_REMARKS
from voc.intake.channels.rakuten import RAKUTEN
from voc.intake.channels.source import Items, Source, drawn, stars_of
from voc.intake.channels.zendesk import ZENDESK

# In this order a table is asked whose export it is.
SOURCES: dict[str, Source] = {
    "google_play": GOOGLE_PLAY,
    "app_store": APP_STORE,
    "amazon": AMAZON,
    "rakuten": RAKUTEN,
    "freshdesk": FRESHDESK,
    "zendesk": ZENDESK,
    "intercom": INTERCOM,
    "intercom_remarks": INTERCOM_REMARKS,
}


def source_of(headers: Collection[str]) -> str | None:
    """The key of the source that writes these columns; None where nobody knows them."""
    return next((key for key, source in SOURCES.items() if source.writes(headers)), None)


def opened(value: Any) -> Items | None:
    """The items inside a value of JSON: the comments of a ticket, the reviews of a page.

    None where no source knows it, where it is an item by itself, and where it only begins as one
    of ours does and then is of another shape.
    """
    try:
        found = (source.opened(value) for source in SOURCES.values())
        return next((items for items in found if items is not None), None)
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def stars_given(external_id: str | None, raw: Mapping[str, Any]) -> str:
    """The stars that came with an item of one of these sources, as people draw them, or nothing."""
    names = {
        name.casefold()
        for source in SOURCES.values()
        for name in source.columns.get("stars", ())
        if (external_id or "").startswith(f"{source.key}:")
    }
    cells = (str(cell) for name, cell in raw.items() if name.casefold() in names)
    return next((drawn(stars) for cell in cells if (stars := stars_of(cell))), "")
