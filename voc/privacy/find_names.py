"""Finds names of people, where the words around them leave no doubt.

In Japanese a surname before 様, さん or 氏, or whoever is 担当の …さん; in English after Mr, Ms or
“my name is”. A name that stands alone (東 is also the east) is not found, and neither are rarer
surnames: what is masked should be a person, not お客様, 店員さん or 仕様.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from voc.privacy.spans import HIRAGANA, KANJI, KATAKANA, Marked, Span, spans_of

SURNAMES = Path(__file__).parent / "data" / "surnames_ja.txt"

# What people do, sell or are, and not what they are called: 店員, 業者, 本屋, 担当.
ROLE_ENDS = (
    "員者手師屋客社店会課局署院校長官係方達当付部署側様同仕模多皆奥神有何殿家業支市県区町村民"
)

HONORIFIC = re.compile(
    r"(?:様(?![子々式相態変])|さま|さん(?![がざ]い)|氏(?!名)|くん|君(?!達)|ちゃん|殿)"
)
LONGEST_NAME = 12  # characters, the space between the two included

GIVEN_NAME = rf"(?: ?(?:(?:(?![{ROLE_ENDS}]){KANJI}){{1,3}}|{KATAKANA}{{2,6}})| {HIRAGANA}{{2,5}})?"
GIVEN_IN_KANA = f"(?: (?:{KATAKANA}|{HIRAGANA}){{2,5}})?"


def _surnames() -> tuple[list[str], list[str]]:
    """Surnames in kanji; and those in katakana, each in hiragana as well."""
    lines = SURNAMES.read_text(encoding="utf-8").splitlines()
    names = [name for line in lines if not line.startswith("#") for name in line.split()]
    kana = [name for name in names if re.fullmatch(f"{KATAKANA}+", name)]
    hiragana = [_hiragana(name) for name in kana if len(name) > 2]
    return [name for name in names if name not in set(kana)], [*kana, *hiragana]


def _hiragana(katakana: str) -> str:
    return "".join(chr(ord(letter) - 0x60) for letter in katakana)


def _known(kanji: list[str], kana: list[str]) -> re.Pattern[str]:
    """The pattern of a surname, alone or before a given name, at the end of the text."""
    short = "|".join(name for name in kanji if len(name) == 1)
    long = "|".join(name for name in kanji if len(name) > 1)
    return re.compile(
        rf"(?P<name>(?:(?:{long})|(?<!{KANJI})(?:{short})){GIVEN_NAME}"
        rf"|(?<!{HIRAGANA})(?<!{KATAKANA})(?:{'|'.join(kana)}){GIVEN_IN_KANA}) ?$"
    )


SURNAMES_IN_KANJI, SURNAMES_IN_KANA = _surnames()
KNOWN = _known(SURNAMES_IN_KANJI, SURNAMES_IN_KANA)
FIRST_LETTERS = {name[0] for name in (*SURNAMES_IN_KANJI, *SURNAMES_IN_KANA)}

# 担当の鷲津さん: who bears a role and an honorific has the name between them.
ROLE = (
    "(?:担当|担当者|スタッフ|店員|係|フロント|受付|オペレーター|ドライバー|配達員|営業|店長|窓口)"
)
OF_OURS = re.compile(rf"{ROLE}の ?(?P<name>{KANJI}{{1,4}})$")
FOREIGN_NAME = re.compile(rf"(?P<name>{KATAKANA}{{2,12}}(?:・{KATAKANA}{{2,12}}){{1,2}})$")

WHOLE_NAME = (
    rf"(?P<name>{KANJI}{{1,4}}(?: ?{KANJI}{{1,3}})?|{KATAKANA}{{2,8}}(?: {KATAKANA}{{2,8}})?)"
)
CALLS_HIMSELF = re.compile(
    rf"(?<!{KANJI})(?<!{KATAKANA}){WHOLE_NAME}(?=と申しま[すし](?!ょ)|と申す者)"
)
NAME_LABEL = rf"(?:氏名|お名前|(?<!{KANJI})名前|契約者名?|担当者名?)"
NOBODY = "(?!匿名|不明|同上|無記名|非公開|未記入)"
LABELLED = re.compile(rf"{NAME_LABEL} ?: ?{NOBODY}{WHOLE_NAME}")

ENGLISH_NAME = r"(?P<name>[A-Z][a-z]*[A-Za-z'-]*[a-z](?: (?:[A-Z]\. ?)?[A-Z][A-Za-z'-]*[a-z]){0,2})"
BRAND = "(?:Pepper|Coffee|Clean|Martens|Scholl|Bean|Right|Universe)"
START = "(?<![A-Za-z])"  # of a word
TITLED = re.compile(
    rf"{START}(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Professor)\.? (?!{BRAND}\b)(?:[A-Z]\. ?)?{ENGLISH_NAME}"
)
INTRODUCED = re.compile(rf"{START}(?:[Mm]y|MY) (?:(?:full )?name is|name's|NAME IS) {ENGLISH_NAME}")
SIGNED = re.compile(rf"{START}(?:[Ss]incerely|[Rr]egards|[Yy]ours truly),?\s+{ENGLISH_NAME}\s*$")
WITH_SAN = re.compile(rf"{START}(?P<name>[A-Z][a-z]+)-(?:san|sama)(?![a-z])")

SAID_IN_JAPANESE = (Marked(CALLS_HIMSELF, ("と申",)), Marked(LABELLED, ("名", "契約者", "担当者")))
SAID_IN_ENGLISH = (
    Marked(TITLED, ("Mr", "Ms", "Mx", "Miss", "Dr", "Prof")),
    Marked(INTRODUCED, ("name", "NAME")),
    Marked(SIGNED, ("incerely", "egards", "ours truly")),
    Marked(WITH_SAN, ("-sa",)),
)


def names(text: str) -> Iterator[Span]:
    for honorific in HONORIFIC.finditer(text):
        yield from _before(text, honorific.start())
    for pattern in SAID_IN_JAPANESE:
        for found in pattern.finditer(text):
            if found["name"][-1] not in ROLE_ENDS:
                yield found.span("name")
    for said in SAID_IN_ENGLISH:
        yield from spans_of(said, text, said.pattern.groupindex["name"])


def _before(text: str, end: int) -> Iterator[Span]:
    start = max(0, end - LONGEST_NAME)
    words = text[start:end]
    for find in (_surname_in, OF_OURS.search, FOREIGN_NAME.search):
        found = find(words)
        if found and not (found.re is OF_OURS and found["name"][-1] in ROLE_ENDS):
            at, until = found.span("name")
            yield start + at, start + until
            return


def _surname_in(words: str) -> re.Match[str] | None:
    """KNOWN.search, which would try a thousand names at each letter."""
    places = (at for at, letter in enumerate(words) if letter in FIRST_LETTERS)
    return next(filter(None, (KNOWN.match(words, at) for at in places)), None)
