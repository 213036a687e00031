"""Noun phrases of an English text.

Words are tagged by TextBlob's tagger (pattern's, which needs no corpora). A run is nouns and the
adjectives and participles right before them: "late flight", "cancelled hotel booking". Phrases
are the same when their stems are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from textblob.en import parser

from voc.nlp.content_words import ContentWord, ContentWords
from voc.nlp.en.topics import stem
from voc.nlp.normalize import fold
from voc.nlp.nouns import Noun, Word, general_words, is_word, noun_phrases, runs, without_pointers

SHORT_BEGINNING = re.compile(r"^([^\W_]{1,2})-")  # e-mail is email, wi-fi is wifi
TOKEN = re.compile(r"[^\W_]+(?:['&+-][^\W_]+)*|[^\w\s]|\n")
NOUNS = {"NN", "NNS", "NNP", "NNPS"}
SAYING = {"NN", "VB", "JJ"}  # the beginnings of their tags
BEFORE_NOUNS = {"JJ", "VBN", "VBG"}
# The tagger's lexicon knows "update" as a verb only; after one of these it is none.
NO_VERB_AFTER = {"DT", "PRP$", "JJ", "VBN", "VBG", "IN", "NN"}
GENERAL = Path(__file__).parent / "data" / "general.txt"


def content_words(text: str) -> ContentWords:
    """Nouns, verbs and adjectives by their stems."""
    folded = fold(text)
    lowered = without_pointers(folded.text).lower()
    tokens = [token for token in TOKEN.finditer(lowered) if is_word(token[0])]
    telling = [
        (stem(bare), token.span())
        for token, (bare, tag) in zip(tokens, _tagged(tokens), strict=True)
        if tag[:2] in SAYING and _may_be_said(bare)
    ]
    words = (
        ContentWord(form, *folded.original(*span))
        for form, span in telling
        if form not in general_words(GENERAL, stem)
    )
    return ContentWords(tuple(words), len(tokens))


def find(text: str) -> list[Noun]:
    folded = fold(text)
    return list(noun_phrases(runs(_words(without_pointers(folded.text).lower())), folded))


def key(phrase: str) -> str:
    """The key that `find` gives a phrase; of phrases that are no nouns, just their stems."""
    tokens = TOKEN.findall(fold(phrase).text.lower())
    return " ".join(stem(_bare(token)) for token in tokens if is_word(token))


def _words(text: str) -> Iterator[Word | None]:
    tokens = list(TOKEN.finditer(text))
    before = ""
    for token, (bare, tag) in zip(tokens, _tagged(tokens), strict=True):
        tag = "NN" if tag == "VB" and before in NO_VERB_AFTER else tag
        yield _word(bare, tag, token) if _may_be_said(bare) else None
        before = tag


def _tagged(tokens: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for bare, tag, *_rest in parser.find_tags([_bare(token[0]) for token in tokens]):
        yield bare, tag


def _word(bare: str, tag: str, token: re.Match[str]) -> Word | None:
    if tag not in NOUNS | BEFORE_NOUNS:
        return None
    form, is_noun = stem(bare), tag in NOUNS
    tells = is_noun and form not in general_words(GENERAL, stem)
    end = token.start() + len(token[0].removesuffix("'s"))
    return Word(form, token.start(), end, closes=is_noun, tells=tells)


def _bare(token: str) -> str:
    return SHORT_BEGINNING.sub(r"\1", token.removesuffix("'s"))


def _may_be_said(word: str) -> bool:
    """Short forms such as don't and i'm are verbs, whatever the tagger makes of them."""
    return len(word) > 1 and is_word(word) and "'" not in word
