"""Previews a change of phrases: counts what it would gain and lose, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from voc.analysis.bad_texts import skip_bad_text
from voc.models import By, Feedback, PhraseChange, Reanalysis, Tag
from voc.nlp.clauses import Occurrence
from voc.nlp.phrase_finder import Finder
from voc.nlp.reading import Seeds

EXAMPLES_PER_KIND = 12  # gained and lost
GAINED, LOST = "gained", "lost"

PhraseKey = tuple[str, str]  # its language, and what it is


@dataclass
class PreviewCounts:
    """The counts and examples that a batch adds to a preview."""

    gained: int = 0
    lost: int = 0
    skipped: int = 0
    examples: list[list[object]] = field(default_factory=list)
    # For each phrase: items that have it, and of them those with no other phrase.
    phrases: dict[PhraseKey, list[int]] = field(default_factory=dict)

    def add(self, reanalysis: Reanalysis) -> None:
        """Add these counts to the row, which is locked."""
        reanalysis.gained += self.gained
        reanalysis.lost += self.lost
        reanalysis.skipped += self.skipped
        for example in self.examples:
            if _number(reanalysis.examples, example[1]) < EXAMPLES_PER_KIND:
                reanalysis.examples.append(example)
        for (language, phrase), (n, alone) in self.phrases.items():
            counts = reanalysis.counts.setdefault(language, {}).setdefault(phrase, [0, 0])
            counts[0] += n
            counts[1] += alone


def _number(examples: Iterable[list[object]], kind: object) -> int:
    return sum(each[1] == kind for each in examples)


def count_changes(phrase_change: PhraseChange, items: list[Feedback]) -> PreviewCounts:
    """Count what the change would do to these items.

    What a person has said about topics never changes, so only the others are gained or lost.
    """
    before, after = _phrases(phrase_change.before), _phrases(phrase_change.phrases)
    finder = _finder(tuple(dict.fromkeys([*before, *after])))
    tags = Tag.objects.filter(topic=phrase_change.topic_id, feedback__in=items)
    tagged = set(tags.values_list("feedback_id", flat=True))
    counted = PreviewCounts()
    for item in items:
        found = _find(finder, item)
        if found is None:
            counted.skipped += 1
            continue
        old = [each for each in found if _phrase(each) in before]
        new = [each for each in found if _phrase(each) in after]
        _count_phrases(counted, {*map(_phrase, old)}, {*map(_phrase, new)})
        if item.topics_by == By.MACHINE and item.analyzed_at:
            _compare(counted, item, old, new, item.pk in tagged)
    return counted


def _compare(
    counted: PreviewCounts,
    item: Feedback,
    old: list[Occurrence],
    new: list[Occurrence],
    is_tagged: bool,
) -> None:
    if new and not old and not is_tagged:
        counted.gained += 1
        counted.examples.append(_example(item, GAINED, new))
    elif old and not new and is_tagged:
        counted.lost += 1
        counted.examples.append(_example(item, LOST, old))


def _count_phrases(counted: PreviewCounts, old: set[PhraseKey], new: set[PhraseKey]) -> None:
    for phrase in old | new:
        among = new if phrase in new else old
        counts = counted.phrases.setdefault(phrase, [0, 0])
        counts[0] += 1
        counts[1] += among == {phrase}


def _example(item: Feedback, kind: str, found: Iterable[Occurrence]) -> list[object]:
    return [item.pk, kind, [[each.start, each.end] for each in found]]


def _find(finder: Finder, item: Feedback) -> list[Occurrence] | None:
    with skip_bad_text(item.pk, "searched for phrases"):
        return finder.find(item.own_words)
    return None


def _phrases(by_language: dict[str, list[str]]) -> dict[PhraseKey, None]:
    return {(name, phrase): None for name, all_of_it in by_language.items() for phrase in all_of_it}


@lru_cache(maxsize=8)
def _finder(phrases: tuple[PhraseKey, ...]) -> Finder:
    """A finder with each phrase as a topic of its own, so that it is known which one was found."""
    return Finder(Seeds.of(_key(each), {each[0]: [each[1]]}) for each in phrases)


def _key(phrase: PhraseKey) -> str:
    return ":".join(phrase)


def _phrase(found: Occurrence) -> PhraseKey:
    language, _colon, phrase = found.topic.partition(":")
    return language, phrase
