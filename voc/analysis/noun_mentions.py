"""Finds the noun phrases that customers mention in a period, customer by customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.conf import settings

from surveys.models import Wording
from voc.analysis.bad_texts import survived
from voc.analysis.bursts import is_part
from voc.models import Feedback, Topic
from voc.nlp.languages import READABLE
from voc.nlp.normalize import fold
from voc.nlp.nouns import Noun

MOST_TEXTS = 50_000  # of a period, the newest: some 30 seconds of reading, 100 MB
CHUNK = 500
LONGEST_PHRASE = 120  # characters of a phrase


@dataclass
class Mentions:
    """Voices, those heard last first: what each spoke of, and where that can be read."""

    voices: list[set[str]] = field(default_factory=list)
    feedback: list[list[int]] = field(default_factory=list)


@dataclass(frozen=True)
class Quote:
    """Where a phrase is said: its place in the text of a piece of feedback."""

    feedback: int
    noun: Noun
    words: str


class MentionCounter:
    """Hears one language, and what staff need not be told of: they follow or asked it themselves.

    That is the phrases of topics in use, the words of the surveys' questions, and the company.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._nouns = READABLE[language].nouns
        self._company = self.key(settings.COMPANY_NAME[language])
        self._known = {*self._followed(), *self._asked()}

    def key(self, phrase: str) -> str:
        return self._nouns.key(phrase)

    def count(self, start: datetime, end: datetime) -> Mentions:
        heard, places = Mentions(), dict[int, int]()
        said = Feedback.objects.in_language(self.language).received_between(start, end)
        rows = said.order_by("-received_at", "-pk").values_list("pk", "customer", "text")
        for pk, customer, text in rows[:MOST_TEXTS].iterator():
            # A customer is one voice; whoever we do not know is one each time.
            place = places.setdefault(customer or -pk, len(heard.voices))
            if place == len(heard.voices):
                heard.voices.append(set())
                heard.feedback.append([])
            heard.voices[place] |= {noun.key for noun in self._find(pk, text)}
            heard.feedback[place].append(pk)
        return heard

    def quotes(self, ids: Iterable[int], phrases: Collection[str]) -> Iterator[Quote]:
        """Where these pieces of feedback say any of the phrases."""
        rest = iter(ids)
        while some := list(islice(rest, CHUNK)):
            texts = dict(Feedback.objects.filter(pk__in=some).values_list("pk", "text"))
            for pk in some:
                for noun in self._find(pk, text := texts.get(pk, "")):
                    if noun.key in phrases:
                        yield Quote(pk, noun, tidy(text[noun.start : noun.end])[:LONGEST_PHRASE])

    def _find(self, pk: int, text: str) -> list[Noun]:
        """None where the text stops whoever looks for them."""
        with survived(pk, "searched for nouns"):
            return self._unknown(self._nouns.find(text))
        return []

    def _unknown(self, nouns: list[Noun]) -> list[Noun]:
        """Without what is known, and what is only said as a part of it."""
        known = [noun for noun in nouns if noun.key in self._known]
        return [
            noun
            for noun in nouns
            if not self._names_us(noun.key) and not any(_within(noun, other) for other in known)
        ]

    def _names_us(self, phrase: str) -> bool:
        return is_part(self._company, phrase) or is_part(phrase, self._company)

    def _followed(self) -> Iterator[str]:
        for topic in Topic.objects.in_use():
            yield from map(self.key, topic.phrases[self.language])

    def _asked(self) -> Iterator[str]:
        for wording in Wording.objects.filter(language=self.language):
            for question in wording.questions:
                yield from (noun.key for noun in self._nouns.find(question))


def _within(noun: Noun, other: Noun) -> bool:
    return other.start <= noun.start and noun.end <= other.end


def tidy(words: str) -> str:
    """In usual mails, with single spaces."""
    return " ".join(fold(words).text.split())


def commonest(quotes: Iterable[Quote]) -> dict[str, str]:
    """For each phrase the way it is written most often."""
    ways = Counter((quote.noun.key, quote.words) for quote in quotes)
    return {key: words for (key, words), _n in reversed(ways.most_common())}
