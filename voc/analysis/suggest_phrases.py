"""Suggests phrases for a topic: nouns that go with it where people said what it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from voc.analysis.bad_texts import skip_bad_text
from voc.analysis.bursts import Count, is_part
from voc.analysis.noun_mentions import tidy
from voc.models import Feedback, FeedbackQuerySet, Suggestion, Topic
from voc.nlp.languages import READABLE, Nouns
from voc.nlp.nouns import Noun
from voc.topics.forms import LONGEST_PHRASE

SUGGESTIONS_PER_LANGUAGE = 12  # of a topic and a language
EXAMPLES_PER_PHRASE = 3
TEXTS_PER_TOPIC = 20_000  # the newest; that is 15 seconds of reading
FEWEST_FEEDBACK = 2  # that people gave the topic and that say it
LARGEST_P_VALUE = 0.05  # of a phrase: a word worth a look, not a discovery

Text = tuple[int, str]  # the id of feedback, and its words


@dataclass
class Candidate:
    """A noun phrase: in `n` items, of them `missed` that no phrase finds yet, and where."""

    n: int = 0
    missed: int = 0
    examples: list[list[int]] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)

    @property
    def may_help(self) -> bool:
        return self.n >= FEWEST_FEEDBACK and self.missed > 0

    @property
    def words(self) -> str:
        return self.ways.most_common(1)[0][0]


def suggest_all(now: datetime) -> int:
    """Suggest phrases for every topic that people gave to feedback; return how many.

    Doing it again gives the same.
    """
    return sum(suggest(topic, now) for topic in Topic.objects.in_use().given_by_people())


def suggest(topic: Topic, now: datetime) -> int:
    """Suggest phrases for a topic; return how many. What was declined never comes back."""
    return sum(_suggest(topic, name, parts.nouns, now) for name, parts in READABLE.items())


def _suggest(topic: Topic, language: str, nouns: Nouns, now: datetime) -> int:
    theirs = _newest(Feedback.objects.tagged_by_people(topic), language)
    candidates = _candidates(theirs, nouns, missed=_missed(topic))
    known = {nouns.key(phrase) for phrase in topic.phrases[language]}
    new = {k: found for k, found in candidates.items() if found.may_help and k not in known}
    counts = _compared(new, len(theirs), topic, language, nouns) if new else {}
    clear = [key for key, count in counts.items() if count.p_value <= LARGEST_P_VALUE]
    clear.sort(key=lambda key: (counts[key].p_value, -counts[key].n, -len(key), key))
    chosen = _one_of_a_kind(clear)[:SUGGESTIONS_PER_LANGUAGE]
    return _keep(topic, language, [_row(candidates[key], counts[key]) for key in chosen], now)


def _compared(
    candidates: dict[str, Candidate], texts: int, topic: Topic, language: str, nouns: Nouns
) -> dict[str, Count]:
    """Compare with how many say so that are not about the topic."""
    others = _newest(Feedback.objects.not_about(topic), language)
    elsewhere = Counter(
        key for pk, text in others for key in _nouns(pk, text, nouns) if key in candidates
    )
    return {
        key: Count(found.n, texts, elsewhere[key], len(others)) for key, found in candidates.items()
    }


def _newest(feedback: FeedbackQuerySet, language: str) -> list[Text]:
    rows = feedback.in_language(language).order_by("-pk").values_list("pk", "text")
    return list(rows[:TEXTS_PER_TOPIC])


def _missed(topic: Topic) -> set[int]:
    """Ids of feedback that people gave the topic, and that no phrase of it finds."""
    tags = topic.tags.by_people().filter(start=None)
    return set(tags.values_list("feedback_id", flat=True))


def _candidates(
    texts: list[Text], nouns: Nouns, *, missed: Collection[int]
) -> dict[str, Candidate]:
    candidates: dict[str, Candidate] = defaultdict(Candidate)
    for pk, text in texts:
        for key, noun in _nouns(pk, text, nouns).items():
            found = candidates[key]
            found.n += 1
            found.missed += pk in missed
            found.ways[tidy(text[noun.start : noun.end]).lower()] += 1
            if len(found.examples) < EXAMPLES_PER_PHRASE:
                found.examples.append([pk, noun.start, noun.end])
    return candidates


def _nouns(pk: int, text: str, nouns: Nouns) -> dict[str, Noun]:
    """Nouns by key, the first of each; none where the text stops the finder."""
    with skip_bad_text(pk, "searched for nouns"):
        return {noun.key: noun for noun in reversed(nouns.find(text))}
    return {}


def _one_of_a_kind(keys: list[str]) -> list[str]:
    """Keep, of phrases within phrases, the first: it goes with the topic most clearly."""
    chosen: list[str] = []
    for key in keys:
        if not any(is_part(key, other) or is_part(other, key) for other in chosen):
            chosen.append(key)
    return chosen


def _row(candidate: Candidate, count: Count) -> Suggestion:
    return Suggestion(
        phrase=candidate.words[:LONGEST_PHRASE],
        n=count.n,
        n_elsewhere=count.n_before,
        p_value=count.p_value,
        examples=candidate.examples,
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
