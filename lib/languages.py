"""The languages customers are asked in and staff work in: one line each.

What a model says in several languages stands in a field a language, `name_ja` beside `name_en`;
whoever needs one of them asks here. What is read from customers' words: `voc/nlp/languages.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Text = TypeVar("Text")


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
            "ja", _("Japanese"), "トドク", ("ja-jp", "jp", "jpn", "日本語", "和文", "japanese")
        ),
        Language(
            "en", _("English"), "Todoku", ("en-us", "en-gb", "eng", "英語", "英文", "english")
        ),
    )
}
CHOICES = [(language.code, language.name) for language in LANGUAGES.values()]
DEFAULT = "ja"  # the language of whoever did not say
FALLBACK = "en"  # the language shown where something is not there in the reader's language


def label(code: str) -> str:
    """The language's name for the reader; of one that is not ours, its code."""
    return str(LANGUAGES[code].name) if code in LANGUAGES else code


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
