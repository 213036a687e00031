"""The words by which feedback is found though they do not stand in it, in one text.

A line for each word that stands there in another form: 遅かった 遅い おそい おそかった. It begins
with the word as it stands, so that a page can show it, and pages load no dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lib.search import fold
from voc.nlp.reading import OtherForms


def search_words(text: str, others: Iterable[OtherForms]) -> str | None:
    """The lines, folded as the text is for the search; None where all its forms stand in it."""
    folded = fold(text) or ""
    lines = (_line(each, folded) for each in dict.fromkeys(others))
    return "\n".join(dict.fromkeys(filter(None, lines))) or None


def _line(others: OtherForms, folded: str) -> str:
    stands, forms = _folded(others)
    new = [form for form in forms if form not in folded]
    return " ".join((stands, *new)) if new else ""


@lru_cache(maxsize=30_000)
def _folded(others: OtherForms) -> tuple[str, tuple[str, ...]]:
    """Both folded, each form once; a word with a space in it is none that can be looked for."""
    folded = (_one_word(fold(each) or "") for each in others.forms)
    return _one_word(fold(others.words) or ""), tuple(dict.fromkeys(filter(None, folded)))


def _one_word(folded: str) -> str:
    return "".join(folded.split())
