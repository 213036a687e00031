"""The words of a mail in HTML, in a time that depends on its length alone."""

from __future__ import annotations

import re

from voc.intake.markup import words_of

# A < that begins no tag; what stands between it and the next < or > is looked at once.
NO_TAG = re.compile(r"<(?!/?[a-zA-Z!?][^<>]{0,5000}>)")


def words_in_html(html: str) -> str:
    """Parsers of the standard library look at the rest of the text anew for each tag, comment or
    section that never ends: none reaches them."""
    tidy = NO_TAG.sub("&lt;", _without_comments(html.replace("<![CDATA[", "")))
    return words_of(tidy)


def _without_comments(html: str) -> str:
    before, *comments = html.split("<!--")
    return before + "".join(_after(comment) for comment in comments)


def _after(comment: str) -> str:
    _inside, end, after = comment.partition("-->")
    return after if end else comment
