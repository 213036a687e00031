"""The languages customers are asked in and staff work in: one line each.

What a model says in several languages stands in a field a language, `name_ja` beside `name_en`;
whoever needs one of them asks here. What is read from customers' words: `voc/nlp/languages.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar
from unicodedata import normalize

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Text = TypeVar("Text")
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True)
class Language:
    """A language: its name for the reader, Todoku's name in it, and what else tables call it."""

    code: str
    name: Any
    todoku: str
    called: tuple[str, ...]


LANGUAGES = {
    language.code: language
    for language in (
        Language(
            "ja",
            _("Japanese"),
            "トドク",
            ("jp", "jpn", "japanese", "japan", "nihongo", "日本語", "日文", "和文", "日本", "日"),
        ),
        Language("en", _("English"), "Todoku", ("eng", "english", "英語", "英文", "英")),
    )
}
CHOICES = [(language.code, language.name) for language in LANGUAGES.values()]
IN_BRACKETS = re.compile(r"\([^)]*\)")
DEFAULT = "ja"  # the language of whoever did not say
FALLBACK = "en"  # the language shown where something is not there in the reader's language


def label(code: str) -> str:
    """The language's name for the reader; of one that is not ours, its code."""
    return str(LANGUAGES[code].name) if code in LANGUAGES else code


def called(words: str) -> str | None:
    """The code of the language that these words name, as tools and people do: `ja_JP`, `EN-au`,
    `日本語`, `Japanese (Japan)`. None for one that is not ours."""
    name = IN_BRACKETS.sub("", normalize("NFKC", words).casefold()).strip(" .;,")
    for known in (name, re.split(r"[-_.@/ ]", name)[0]):
        for language in LANGUAGES.values():
            if known == language.code or known in language.called:
                return language.code
    return None


def current(language: str | None = None) -> str:
    """The code of this language, else of the one that pages speak now: `en` for `en-gb`."""
    return (language or get_language() or DEFAULT)[:2]


def ours(language: str) -> str:
    """The code of this language if it is one of ours, else the fallback."""
    return code if (code := current(language)) in LANGUAGES else FALLBACK


def language_of(texts: Mapping[str, Any], language: str | None = None) -> str:
    """The language to show these texts in: the reader's, else English, else any that has one."""
    order = [code for code in (current(language), FALLBACK, *texts) if code in texts]
    return next((code for code in order if texts[code]), order[0])


def in_language(texts: Mapping[str, Text], language: str | None = None) -> Text:
    """The text for a reader of this language, by `language_of`."""
    return texts[language_of(texts, language)]


def fields(field: str) -> list[str]:
    """The fields of a model that say one thing in each language."""
    return [f"{field}_{code}" for code in LANGUAGES]


def written(row: Any, field: str) -> dict[str, Any]:
    """The row's texts in these fields, by language."""
    return {code: getattr(row, f"{field}_{code}") for code in LANGUAGES}


def kept_in_each_language(say: Callable[[Value], Text]) -> Callable[[Value], Text]:
    """Decorator for what says a plain value in the language of the page: it is asked once for each
    of the values that were said last."""

    @lru_cache(maxsize=1_000)
    def kept(value: Value, _language: str | None) -> Text:
        return say(value)

    @wraps(say)
    def said(value: Value) -> Text:
        return kept(value, get_language())

    return said
