"""A preview as staff read it: how far it is, what each phrase finds, and who is gained or lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lib.text import around
from voc.models import Feedback, PhraseChange, Reanalysis, Topic

MOST_EXAMPLES = 12  # examples of each kind


@dataclass(frozen=True)
class Progress:
    done: int
    total: int
    words: str

    @classmethod
    def of(cls, reanalysis: Reanalysis) -> Progress:
        done, total = reanalysis.done, max(reanalysis.total, reanalysis.done)
        words = _("%(done)s of %(total)s items analyzed")
        return cls(done, total, words % {"done": f"{done:,}", "total": f"{total:,}"})


@dataclass(frozen=True)
class Phrase:
    """`n` voices have it, and of them `alone` no other phrase of the topic. None: not counted."""

    text: str
    sign: str = ""  # "+" it is new, "−" it goes
    n: int | None = None
    alone: int | None = None

    @property
    def is_silent(self) -> bool:
        """In use, and nobody says it."""
        return not self.sign and self.n == 0

    @property
    def state(self) -> str:
        return {"+": "new", "−": "gone"}.get(self.sign, "there")


@dataclass(frozen=True)
class Phrases:
    """New ones first, then those that go, then the others; in each the most often said first."""

    every: list[Phrase]

    @property
    def heard(self) -> list[Phrase]:
        return [phrase for phrase in self.every if not phrase.is_silent]

    @property
    def silent(self) -> list[Phrase]:
        return [phrase for phrase in self.every if phrase.is_silent]

    @property
    def moved(self) -> list[Phrase]:
        return [phrase for phrase in self.every if phrase.sign]


@dataclass(frozen=True)
class Example:
    item: Feedback
    before: str
    words: str
    after: str


def gained(reanalysis: Reanalysis) -> str:
    return f"+{reanalysis.gained:,}"


def lost(reanalysis: Reanalysis) -> str:
    return f"−{reanalysis.lost:,}"


def phrases(phrase_change: PhraseChange, preview: Reanalysis | None) -> dict[str, Phrases]:
    counts = preview.counts if preview else {}
    # Nobody says it, or it is not known yet.
    missing: dict[str, list[int]] | None = {} if preview and preview.is_done else None
    return {
        language: Phrases(
            _compared(phrase_change.before.get(language, []), after, counts.get(language, missing))
        )
        for language, after in phrase_change.phrases.items()
    }


def in_use(topic: Topic, preview: Reanalysis) -> dict[str, Phrases]:
    return {
        language: Phrases(_counted(some, "", preview.counts.get(language, {})))
        for language, some in topic.phrases.items()
    }


def _compared(
    before: list[str], after: list[str], counts: dict[str, list[int]] | None
) -> list[Phrase]:
    new = [phrase for phrase in after if phrase not in before]
    gone = [phrase for phrase in before if phrase not in after]
    rest = [phrase for phrase in after if phrase in before]
    signed = [(new, "+"), (gone, "−"), (rest, "")]
    return [each for some, sign in signed for each in _counted(some, sign, counts)]


def _counted(
    phrases: Iterable[str], sign: str, counts: dict[str, list[int]] | None
) -> list[Phrase]:
    if counts is None:
        return [Phrase(text, sign) for text in phrases]
    found = [Phrase(text, sign, *counts.get(text, (0, 0))) for text in phrases]
    return sorted(found, key=lambda phrase: -(phrase.n or 0))


def examples(preview: Reanalysis, kind: str) -> list[Example]:
    """The newest of them. What was deleted since is left out."""
    chosen = [(pk, spans[0]) for pk, what, spans in preview.examples if what == kind][
        :MOST_EXAMPLES
    ]
    items = Feedback.objects.in_bulk([pk for pk, _span in chosen])
    return [
        Example(items[pk], *around(items[pk].text, *span)) for pk, span in chosen if pk in items
    ]
