"""Suggests phrases for a topic: nouns that go with it where people said what it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from voc.analysis.bad_texts import survived
from voc.analysis.bursts import Count, is_part
from voc.analysis.noun_mentions import tidy
from voc.models import Feedback, FeedbackQuerySet, Suggestion, Topic
from voc.nlp.languages import READABLE, Nouns
from voc.nlp.nouns import Noun
from voc.topics.forms import LONGEST_PHRASE

MOST_SUGGESTIONS = 12  # of a topic and a language
MOST_EXAMPLES = 3
MOST_TEXTS = 20_000  # the newest; that is 15 seconds of reading
FEWEST_VOICES = 2  # voices
SIGNIFICANT = 0.05  # of a phrase: a word worth a look, not a discovery

Voice = tuple[int, str]  # its id and its words


@dataclass
class Said:
    """A noun phrase: in how many voices, of them how many that are not found yet, and where."""

    n: int = 0
    missed: int = 0
    examples: list[list[int]] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)

    @property
    def may_help(self) -> bool:
        return self.n >= FEWEST_VOICES and self.missed > 0

    @property
    def words(self) -> str:
        return self.ways.most_common(1)[0][0]


def suggest_all(now: datetime) -> int:
    """For every topic that people gave to a voice; doing it again gives the same."""
    return sum(suggest(topic, now) for topic in Topic.objects.in_use().given_by_people())


def suggest(topic: Topic, now: datetime) -> int:
    """Return how many phrases are suggested now; what was declined never comes back."""
    return sum(_suggest(topic, name, parts.nouns, now) for name, parts in READABLE.items())


def _suggest(topic: Topic, language: str, nouns: Nouns, now: datetime) -> int:
    theirs = _newest(Feedback.objects.said_by_people_to_be_about(topic), language)
    said = _hear(theirs, nouns, missed=_missed(topic))
    known = {nouns.key(phrase) for phrase in topic.phrases[language]}
    new = {k: each for k, each in said.items() if each.may_help and k not in known}
    counts = _compared(new, len(theirs), topic, language, nouns) if new else {}
    clear = [key for key, count in counts.items() if count.p_value <= SIGNIFICANT]
    clear.sort(key=lambda key: (counts[key].p_value, -counts[key].n, -len(key), key))
    chosen = _one_of_a_kind(clear)[:MOST_SUGGESTIONS]
    return _keep(topic, language, [_row(said[key], counts[key]) for key in chosen], now)


def _compared(
    said: dict[str, Said], voices: int, topic: Topic, language: str, nouns: Nouns
) -> dict[str, Count]:
    """With how many say so that are not about it."""
    others = _newest(Feedback.objects.not_about(topic), language)
    heard = Counter(key for pk, text in others for key in _nouns(pk, text, nouns) if key in said)
    return {key: Count(each.n, voices, heard[key], len(others)) for key, each in said.items()}


def _newest(feedback: FeedbackQuerySet, language: str) -> list[Voice]:
    rows = feedback.in_language(language).order_by("-pk").values_list("pk", "text")
    return list(rows[:MOST_TEXTS])


def _missed(topic: Topic) -> set[int]:
    """Voices that people gave the topic, and no phrase of it shows in them."""
    tags = topic.tags.by_people().filter(start=None)
    return set(tags.values_list("feedback_id", flat=True))


def _hear(voices: list[Voice], nouns: Nouns, *, missed: Collection[int]) -> dict[str, Said]:
    said: dict[str, Said] = defaultdict(Said)
    for pk, text in voices:
        for key, noun in _nouns(pk, text, nouns).items():
            each = said[key]
            each.n += 1
            each.missed += pk in missed
            each.ways[tidy(text[noun.start : noun.end]).lower()] += 1
            if len(each.examples) < MOST_EXAMPLES:
                each.examples.append([pk, noun.start, noun.end])
    return said


def _nouns(pk: int, text: str, nouns: Nouns) -> dict[str, Noun]:
    """The first of each; none where the text stops whoever looks for them."""
    with survived(pk, "searched for nouns"):
        return {noun.key: noun for noun in reversed(nouns.find(text))}
    return {}


def _one_of_a_kind(keys: list[str]) -> list[str]:
    """Of phrases within phrases the first: it goes with the topic most clearly."""
    chosen: list[str] = []
    for key in keys:
        if not any(is_part(key, each) or is_part(each, key) for each in chosen):
            chosen.append(key)
    return chosen


def _row(said: Said, count: Count) -> Suggestion:
    return Suggestion(
        phrase=said.words[:LONGEST_PHRASE],
        n=count.n,
        n_elsewhere=count.n_before,
        p_value=count.p_value,
        examples=said.examples,
    )


@transaction.atomic
def _keep(topic: Topic, language: str, rows: list[Suggestion], now: datetime) -> int:
    mine = Suggestion.objects.filter(topic=topic, language=language)
    mine.to_look_at().delete()
    declined = set(mine.values_list("phrase", flat=True))
    new = [row for row in rows if row.phrase not in declined]
    for row in new:
        row.topic, row.language, row.at = topic, language, now
    return len(Suggestion.objects.bulk_create(new, ignore_conflicts=True))
