"""Links and phone numbers in words that others wrote: found, and made harmless.

Escaping is not enough: mail programs and phones make links of whatever looks like one, and people
copy the rest. So a link becomes a word, and what might still be taken for an address is broken by
a space that nobody sees. No Django in here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from linkify_it.tlds import TLDS

Span = tuple[int, int]  # half-open

LINK_WORDS, PHONE_WORDS = ("〔リンク〕", "[link]"), ("〔電話番号〕", "[phone number]")
BREAK = "\u200b"  # zero-width space: nobody sees it, and no program reads across it

# For documents and inside companies, and the commonest that are not written in Latin letters.
MORE_TLDS = {"example", "test", "invalid", "localhost", "local", "internal", "lan", "onion"}
MORE_TLDS |= {"みんな", "コム", "ストア", "セール", "世界", "中国", "中國", "рф", "한국"}
ENDS_OF_DOMAINS = {tld.lower() for tld in TLDS} | MORE_TLDS

LATIN = "a-z0-9\u00c0-\u024f\u0370-\u052f"
LABEL = (
    f"(?:[{LATIN}][{LATIN}-]{{0,62}}"
    "|[\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3々]{1,20})"
)
DOT = r"(?:[.。]|\[\.\]|\(\.\)| ?[\[(]dot[\])] ?)"
HOST = rf"{LABEL}(?:{DOT}{LABEL})"
PATH = r"(?::\d{1,5})?(?:[/?#\\][!-~]*)?"

# https://… hxxp://… ftp:\\… whatever://…, also of a host like 例え.jp
WITH_SCHEME = re.compile(rf"(?<![a-z0-9])[a-z][a-z0-9+.-]{{1,20}}:[/\\]{{2,}}(?:{HOST}*)?[!-~]*")
WITHOUT_SLASHES = re.compile(
    r"(?<![a-z0-9])(?:(?:javascript|vbscript|mailto|skype|intent|market|itms-apps):[!-~]+"
    r"|data:[a-z]+/[!-~]+)"
)
SHARE = re.compile(r"\\\\[\w.-]+\\[!-~]*")  # \\host\folder, which Outlook opens
NUMBERED = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|(?=/))(?:/[!-~]*)?")
BARE = re.compile(rf"(?<![{LATIN}@.-]){HOST}{{1,8}}(?![{LATIN}-])")
ONLY_PATH = re.compile(PATH)
PHONE = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})"
    r"\+?\(?\d(?:[-\u2010-\u2015\u2212ー()./ ]{0,2}\d){8,14}(?!\d)"
)

CLOSING = ".,:;!?'\")]}>"
# A full stop without its space: fast.It, 3.am, なか.でも
IN_A_SENTENCE = re.compile(r"[A-Z][a-z]")
MAYBE_A_DOMAIN = re.compile(r"(?<=[^\W_])(?<!\d)[.．](?=[^\W\d_]{2})|(?<=\d)[.．](?=[a-zA-Z]{2})")
JAPANESE = re.compile("[ぁ-ヿ㐀-鿿]")


def links(text: str) -> list[Span]:
    """The places of all links, in code points of the text as given; nothing overlaps."""
    plain, places = _plain(text)
    found = sorted({(places[start], places[end]) for start, end in _found(plain)})
    return _joined(found)


def harmless(text: str) -> str:
    """The text with a word in place of each link, mail address and phone number."""
    words = 0 if JAPANESE.search(text) else 1
    return without_phones(without_links(text, LINK_WORDS[words]), PHONE_WORDS[words])


def without_links(text: str, word: str) -> str:
    spans = links(text)
    cuts = [0, *(place for span in spans for place in span), len(text)]
    kept = [unlinkable(text[start:end]) for start, end in list(pairwise(cuts))[::2]]
    return word.join(kept)


def without_phones(text: str, word: str) -> str:
    plain, places = _plain(text)
    for found in reversed(list(PHONE.finditer(plain))):
        start, end = places[found.start()], places[found.end()]
        text = text[:start] + word + text[end:]
    return text


def unlinkable(text: str) -> str:
    """The same to read; but no program takes a word with a full stop in it for a domain."""
    return MAYBE_A_DOMAIN.sub(rf"\g<0>{BREAK}", text).replace("@", f"@{BREAK}")


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """NFKC in lower case without what cannot be seen, and from where each character came."""
    if text.isprintable() and unicodedata.is_normalized("NFKC", text):
        return text, range(len(text) + 1)  # nearly every name: each character stays
    parts, places = [], []
    for place, character in enumerate(text):
        plain = "" if _is_invisible(character) else unicodedata.normalize("NFKC", character)
        parts.append(plain)
        places += [place] * len(plain)
    return "".join(parts), [*places, len(text)]


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def _found(plain: str) -> Iterator[Span]:
    small = plain.lower() if len(plain.lower()) == len(plain) else plain
    for pattern in (WITH_SCHEME, WITHOUT_SLASHES, SHARE, NUMBERED):
        for found in pattern.finditer(small):
            yield found.start(), found.start() + len(_trimmed(found[0]))
    for found in BARE.finditer(small):
        yield from _domain(plain, small, found)


def _domain(plain: str, small: str, found: re.Match[str]) -> Iterator[Span]:
    """The domain in this run of labels, up to the last one that domains end with, and its path."""
    ends = [found.start() + dot.start() for dot in re.finditer(DOT, found[0])]
    ends = [*ends, found.end()][1:]
    for end in reversed(ends):
        label = re.split(DOT, small[found.start() : end])[-1]
        path = ONLY_PATH.match(small, end)
        longer = path.end() if path else end
        if longer == end and not _is_a_domain(plain[found.start() : end], label):
            continue
        if not small.startswith("@", end):
            yield found.start(), end + len(_trimmed(small[end:longer]))
        return


def _is_a_domain(typed: str, label: str) -> bool:
    """True for what ends as domains do, and is neither 10.am nor a full stop without its space."""
    known = label in ENDS_OF_DOMAINS or label.startswith("xn--")
    before = typed[: -len(label)]
    is_said = IN_A_SENTENCE.fullmatch(typed[-len(label) :]) or not re.search(r"[^\W\d]", before)
    return known and not is_said


def _trimmed(link: str) -> str:
    """Without what closes the sentence around it; a bracket that opens in the link closes it."""
    return link.rstrip(CLOSING.replace(")", "")) if "(" in link else link.rstrip(CLOSING)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined
