"""The App Store's public feed of reviews: ten pages, the newest first, and nothing older."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from lib.outside.public import Unreachable
from voc.connectors.page import Cursor, Kind, Page, Site, items_in
from voc.intake.channels.app_store import APP_STORE
from voc.intake.channels.source import Fields

PAGES = 10
STORE = {"apps.apple.com", "itunes.apple.com"}
FEED = "https://itunes.apple.com"
# https://apps.apple.com/jp/app/%E3%81%BB%E3%81%97/id1234567890
APP = re.compile(r"/([a-z]{2})/.*?/?id=?(\d+)")
UPDATED = "updated.label"


def _next_page(site: Site, cursor: Cursor) -> Page:
    """Pages move on while they are read: a review seen twice is one, and none is passed over."""
    number, seen = int(cursor.get("page", 1)), str(cursor.get("seen", ""))
    reviews = items_in(site.get(_address(site.address, number)), APP_STORE.opened)
    newest = max([cursor.get("newest", seen), *(each.get(UPDATED, "") for each in reviews)])
    is_known = any("" < each.get(UPDATED, "") <= seen for each in reviews)
    is_last = not reviews or is_known or number >= PAGES
    ahead = {"page": number + 1, "newest": newest, "seen": seen}
    items = [each for each in reviews if _is_wanted(each, site)]
    return Page(cursor={"seen": newest} if is_last else ahead, is_last=is_last, items=items)


def _is_wanted(review: Fields, site: Site) -> bool:
    updated = review.get(UPDATED, "")
    return not updated or updated[:10] >= site.since.isoformat()


def _address(page_of_the_app: str, number: int) -> str:
    parts = urlsplit(page_of_the_app)
    found = APP.search(parts.path)
    if found is None:
        raise Unreachable(
            _("The address is not that of an app: https://apps.apple.com/jp/app/…/id1234567890")
        )
    country, app = found.groups()
    base = FEED if parts.hostname in STORE else f"{parts.scheme}://{parts.netloc}"
    return f"{base}/{country}/rss/customerreviews/page={number}/id={app}/sortby=mostrecent/json"


KIND = Kind(_next_page, APP_STORE)
