"""Where in the words of an item that stands which somebody searched for.

Of what was found by another form of a word (遅い for 遅かった), the word as it stands is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lib import search
from lib.text import around, one_line
from voc.models import Feedback
from voc.nlp import normalize

BEFORE = 12  # letters that a line shows before what was found further on
BEHIND = 100  # more than a line has room for

Span = tuple[int, int]  # half-open, in code points


def shown_for(item: Feedback, query: str) -> list[str]:
    """The words to show, folded: those looked for, and those that stand there in another form."""
    looked_for = [search.fold(word) or "" for word in search.words_of(query)]
    lines = [line.split(" ") for line in (item.search_words or "").split("\n")]
    standing = [
        stands
        for stands, *forms in lines
        if any(word in form for word in looked_for for form in forms)
    ]
    return list(dict.fromkeys([*looked_for, *standing]))


def spans(text: str, words: Sequence[str]) -> list[Span]:
    """Where the folded words stand in the text, in order; what touches or overlaps is one."""
    folded = normalize.fold(text)
    letters = search.fold_letters(folded.text)
    joined: list[Span] = []
    for start, end in sorted(_places(letters, words)):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return [folded.original(*span) for span in joined]


def _places(letters: str, words: Sequence[str]) -> Iterator[Span]:
    for word in filter(None, words):
        start = letters.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = letters.find(word, start + len(word))


def line_with(text: str, words: Sequence[str], seen: str) -> str:
    """The line that shows a word: `seen`, what a line shows anyhow, or what stands around it."""
    if not words or spans(seen, words) or not (found := spans(text, words)):
        return seen
    before, _it, _behind = around(text, *found[0], beside=BEFORE)
    _before, it, behind = around(text, *found[0], beside=BEHIND)
    return one_line(before + it + behind)


def marked(line: str, words: Sequence[str]) -> SafeString:
    """The line, with a <mark> around each word."""
    done, parts = 0, []
    for start, end in spans(line, words):
        parts.append((line[done:start], line[start:end]))
        done = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), line[done:])
