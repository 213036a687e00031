"""Masking: finds personal data in customers' words, and puts neutral words in its place.

Whoever writes “please call me: 090-…” tells us, and not the readers of a public page. No Django
in here. Why what is masked where: docs/decisions/masking.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from lib import links
from voc.nlp import detect_language
from voc.nlp.normalize import fold
from voc.privacy import find_addresses, find_names, find_numbers
from voc.privacy.spans import Span

MAIL, PHONE, CARD, ADDRESS, NAME = KINDS = ("mail", "phone", "card", "address", "name")
LINK = "link"  # nothing personal; but no mail and no page of ours leads where a stranger wants

IN_PUBLIC = (*KINDS, LINK)

REPLACEMENTS = {
    detect_language.JAPANESE: {
        MAIL: "〔メールアドレス〕",
        PHONE: "〔電話番号〕",
        CARD: "〔カード番号〕",
        ADDRESS: "〔住所〕",
        NAME: "〔お名前〕",
        LINK: links.LINK_WORDS[0],
    },
    detect_language.ENGLISH: {
        MAIL: "[email address]",
        PHONE: "[phone number]",
        CARD: "[card number]",
        ADDRESS: "[address]",
        NAME: "[name]",
        LINK: links.LINK_WORDS[1],
    },
}

# Where two claim the same characters, the first is believed: taro.090@… is an address for mail.
FINDERS: dict[str, Callable[[str], Iterator[Span]]] = {
    MAIL: find_addresses.emails,
    CARD: find_numbers.cards,
    ADDRESS: find_addresses.addresses,
    PHONE: find_numbers.phones,
    NAME: find_names.names,
}
# Without such characters a text has none of the kind. Most have none, and cost half as much.
SIGNS = {
    MAIL: re.compile(r"[@(\[]"),
    CARD: re.compile(r"\d(?:\D*+\d){12}"),
    PHONE: re.compile(r"\d(?:\D*+\d){6}"),
    ADDRESS: re.compile(r"[\d一二三四五六七八九十]"),
}
# The numbers in a link are those of articles and orders; a mail address in it is one.
LINKED = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
SHORTEST_ECHO = 2  # characters; a 林 elsewhere may be a wood


@dataclass(frozen=True)
class PersonalData:
    """A find: text[start:end], in code points of the text as it was given."""

    kind: str
    start: int
    end: int


def find_personal_data(text: str) -> list[PersonalData]:
    """Find all of it, in the order of the text; nothing overlaps."""
    return _find(text, [])


def _find(text: str, before: list[PersonalData]) -> list[PersonalData]:
    """Find all beside what was found before, and that too."""
    taken = bytearray(len(text))
    found = [one for one in before if _take(one, taken)]
    found += [one for one in _found(text) if _take(one, taken)]
    found += [one for one in _echoes(text, found) if _take(one, taken)]
    return sorted(found, key=lambda one: one.start)


def masked(text: str, kinds: Collection[str] = KINDS) -> str:
    """The text with a neutral word, in its own language, for each find of these kinds.

    With LINK among them, no mail program finds a link in what is left.
    """
    found = _find(text, _links(text) if LINK in kinds else [])
    parts, end, words = [], 0, _replacements(text) if found else {}
    for one in found:
        if one.kind in kinds:
            parts += [text[end : one.start], words[one.kind]]
            end = one.end
    pieces = [*parts, text[end:]]
    return "".join(map(links.unlinkable, pieces) if LINK in kinds else pieces)


def _replacements(text: str) -> dict[str, str]:
    """The neutral words of the text's language."""
    return REPLACEMENTS.get(detect_language.detect(text), REPLACEMENTS[detect_language.ENGLISH])


def _links(text: str) -> list[PersonalData]:
    return [PersonalData(LINK, *place) for place in links.links(text)]


def kinds_in(text: str) -> list[str]:
    """The kinds found in a text, each once, in the order of KINDS."""
    found = {one.kind for one in find_personal_data(text)}
    return [kind for kind in KINDS if kind in found]


def _found(text: str) -> Iterator[PersonalData]:
    folded = fold(text, longest=sys.maxsize)
    unlinked = LINKED.sub(lambda link: "\n" * len(link[0]), folded.text)
    for kind, find in FINDERS.items():
        searched = folded.text if kind == MAIL else unlinked
        if kind not in SIGNS or SIGNS[kind].search(searched):
            for place in find(searched):
                yield PersonalData(kind, *folded.original(*place))


def _echoes(text: str, found: Iterable[PersonalData]) -> Iterator[PersonalData]:
    """Find the same characters elsewhere: a name that once stood before 様 is still that name."""
    for words, kind in {text[one.start : one.end]: one.kind for one in found}.items():
        if len(words) >= SHORTEST_ECHO:
            for start in _places(words, text):
                yield PersonalData(kind, start, start + len(words))


def _places(words: str, text: str) -> Iterator[int]:
    """Where the words begin in the text; a pattern would have to be made of each of them."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _take(one: PersonalData, taken: bytearray) -> bool:
    """Claim the characters of a find; False when another find has some of them."""
    free = not any(taken[one.start : one.end])
    if free:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return free
