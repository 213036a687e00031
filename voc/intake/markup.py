"""HTML in the cells of a table: only its words are what a customer said.

People write `a < b`, `<3`, R&D and <ok> themselves: what is no known tag and no entity stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

BLOCKS = {"p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "tbody",
          "thead", "blockquote", "pre", "section", "article", "header", "footer", "h1", "h2", "h3",
          "h4", "h5", "h6", "html", "head", "body", "title"}  # fmt: skip
INLINE = {"a", "b", "i", "u", "s", "em", "strong", "small", "big", "span", "font", "sub", "sup",
          "img", "td", "th", "code", "tt", "del", "ins", "mark", "label", "center", "wbr", "meta",
          "link", "strike", "cite", "q", "abbr", "address", "o:p"}  # fmt: skip
UNSEEN = {"script", "style", "head", "title"}
KNOWN = BLOCKS | INLINE | UNSEEN

_NAMES = "|".join(sorted(KNOWN, key=len, reverse=True))
# A tag that nobody types by chance: it closes, breaks the line or has attributes.
TAG = re.compile(
    rf"</(?:{_NAMES})\s*>|<(?:br|hr|p|div)\s*/?>|<(?:{_NAMES})(?:\s+[\w:-]+\s*=\s*[\"'][^>]*)\s*/?>",
    re.IGNORECASE,
)
ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|hellip|[mn]dash|yen|copy|reg|trade|bull|middot|ensp"
    r"|emsp|times|#\d{1,7}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)  # words as XML keeps them
SPACES = re.compile(r"[^\S\n]+")
LINE_BREAKS = re.compile(r"\s*\n\s*")


def is_markup(text: str) -> bool:
    return bool(TAG.search(text) or ENTITY.search(text) or CDATA.search(text))


def holds_markup(cells: Iterable[str]) -> bool:
    """Whether a column of these cells holds HTML."""
    return any(map(is_markup, cells))


def words_of(text: str) -> str:
    """The words of a cell: without tags and entities if it is HTML, else as it is."""
    if not is_markup(text):
        return text
    text = CDATA.sub(r"\1", text)
    if not is_markup(text):
        return text.strip()
    reader = _Words(tags=bool(TAG.search(text)))
    reader.feed(text)
    reader.close()
    return reader.words


class _Words(HTMLParser):
    """Collects what a browser would show, a line for each block."""

    def __init__(self, *, tags: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._tags = tags  # else only entities are markup, and lines are as they were typed
        self._parts: list[str] = []
        self._unseen = 0

    @property
    def words(self) -> str:
        text = "".join(self._parts).replace("\xa0", " ")
        if self._tags:
            text = LINE_BREAKS.sub("\n", SPACES.sub(" ", text))
        return text.strip()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag not in KNOWN or not self._tags:
            self._parts.append(self.get_starttag_text() or "")
        elif tag in BLOCKS:
            self._parts.append("\n")
        elif tag in ("td", "th"):
            self._parts.append(" ")
        elif tag == "img":
            self._parts.append(dict(attributes).get("alt") or "")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in UNSEEN:
            self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag not in KNOWN or not self._tags:
            self._parts.append(f"</{tag}>")
        elif tag in BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(re.sub(r"\s*\n\s*", " ", data) if self._tags else data)
