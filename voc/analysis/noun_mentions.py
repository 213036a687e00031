"""Finds mentions: the noun phrases that customers use in a period, customer by customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.conf import settings

from surveys.models import Wording
from voc.analysis.bad_texts import skip_bad_text
from voc.analysis.bursts import is_part
from voc.models import Feedback, Topic
from voc.nlp.languages import READABLE
from voc.nlp.normalize import fold
from voc.nlp.nouns import Noun

TEXTS_PER_PERIOD = 50_000  # the newest: some 30 seconds of reading, 100 MB
FEEDBACK_PER_QUERY = 500
LONGEST_MENTION = 120  # characters


@dataclass
class Mentions:
    """Phrases of each customer, and the ids of their feedback; who spoke last comes first."""

    phrases: list[set[str]] = field(default_factory=list)
    feedback: list[list[int]] = field(default_factory=list)


@dataclass(frozen=True)
class Quote:
    """A phrase as it stands in a piece of feedback, and where."""

    feedback: int
    noun: Noun
    words: str


class MentionCounter:
    """Counts mentions in one language, without what staff follow or asked about themselves.

    Left out are the phrases of topics in use, the words of the surveys' questions, and the company.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._nouns = READABLE[language].nouns
        self._company = self.key(settings.COMPANY_NAME[language])
        self._known = {*self._followed_phrases(), *self._asked_about()}

    def key(self, phrase: str) -> str:
        return self._nouns.key(phrase)

    def count(self, start: datetime, end: datetime) -> Mentions:
        mentions, places = Mentions(), dict[int, int]()
        feedback = Feedback.objects.in_language(self.language).received_between(start, end)
        rows = feedback.order_by("-received_at", "-pk").values_list("pk", "customer", "text")
        for pk, customer, text in rows[:TEXTS_PER_PERIOD].iterator():
            # A customer counts once; whoever we do not know counts each time.
            place = places.setdefault(customer or -pk, len(mentions.phrases))
            if place == len(mentions.phrases):
                mentions.phrases.append(set())
                mentions.feedback.append([])
            mentions.phrases[place] |= {noun.key for noun in self._find(pk, text)}
            mentions.feedback[place].append(pk)
        return mentions

    def quotes(self, ids: Iterable[int], phrases: Collection[str]) -> Iterator[Quote]:
        """Quote these pieces of feedback where they say any of the phrases."""
        rest = iter(ids)
        while chunk := list(islice(rest, FEEDBACK_PER_QUERY)):
            texts = dict(Feedback.objects.filter(pk__in=chunk).values_list("pk", "text"))
            for pk in chunk:
                for noun in self._find(pk, text := texts.get(pk, "")):
                    if noun.key in phrases:
                        yield Quote(pk, noun, tidy(text[noun.start : noun.end])[:LONGEST_MENTION])

    def _find(self, pk: int, text: str) -> list[Noun]:
        """Nouns of a text; none where it stops the finder."""
        with skip_bad_text(pk, "searched for nouns"):
            return self._unknown(self._nouns.find(text))
        return []

    def _unknown(self, nouns: list[Noun]) -> list[Noun]:
        """Nouns that are not known, nor only said as a part of what is."""
        known = [noun for noun in nouns if noun.key in self._known]
        return [
            noun
            for noun in nouns
            if not self._names_us(noun.key) and not any(_within(noun, other) for other in known)
        ]

    def _names_us(self, phrase: str) -> bool:
        return is_part(self._company, phrase) or is_part(phrase, self._company)

    def _followed_phrases(self) -> Iterator[str]:
        for topic in Topic.objects.in_use():
            yield from map(self.key, topic.phrases[self.language])

    def _asked_about(self) -> Iterator[str]:
        for wording in Wording.objects.filter(language=self.language):
            for question in wording.questions:
                yield from (noun.key for noun in self._nouns.find(question))


def _within(noun: Noun, other: Noun) -> bool:
    return other.start <= noun.start and noun.end <= other.end


def tidy(words: str) -> str:
    """The words in usual letters, with single spaces."""
    return " ".join(fold(words).text.split())


def commonest(quotes: Iterable[Quote]) -> dict[str, str]:
    """The spelling that each phrase has most often, by its key."""
    ways = Counter((quote.noun.key, quote.words) for quote in quotes)
    return {key: words for (key, words), _n in reversed(ways.most_common())}
