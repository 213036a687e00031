"""Tables of a preview: its progress, what each phrase finds, and examples gained and lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lib.text import around
from voc.models import Feedback, PhraseChange, Reanalysis, Topic

EXAMPLES_SHOWN = 12  # of each kind, gained and lost


@dataclass(frozen=True)
class ReanalysisProgress:
    done: int
    total: int
    words: str

    @classmethod
    def of(cls, reanalysis: Reanalysis) -> ReanalysisProgress:
        done, total = reanalysis.done, max(reanalysis.total, reanalysis.done)
        words = _("%(done)s of %(total)s items analyzed")
        return cls(done, total, words % {"done": f"{done:,}", "total": f"{total:,}"})


@dataclass(frozen=True)
class PhraseRow:
    """A phrase that `n` items have, `alone` of them no other of the topic. None: not counted."""

    text: str
    sign: str = ""  # "+" it is new, "−" it goes
    n: int | None = None
    alone: int | None = None

    @property
    def is_silent(self) -> bool:
        """The phrase is in use, and nobody says it."""
        return not self.sign and self.n == 0

    @property
    def state(self) -> str:
        return {"+": "new", "−": "gone"}.get(self.sign, "there")


@dataclass(frozen=True)
class PhraseTable:
    """The phrases of a language: new ones, those that go, the others; the most found first."""

    every: list[PhraseRow]

    @property
    def found(self) -> list[PhraseRow]:
        return [phrase for phrase in self.every if not phrase.is_silent]

    @property
    def silent(self) -> list[PhraseRow]:
        return [phrase for phrase in self.every if phrase.is_silent]

    @property
    def changed(self) -> list[PhraseRow]:
        return [phrase for phrase in self.every if phrase.sign]


@dataclass(frozen=True)
class ExampleRow:
    item: Feedback
    before: str
    words: str
    after: str


def gained(reanalysis: Reanalysis) -> str:
    return f"+{reanalysis.gained:,}"


def lost(reanalysis: Reanalysis) -> str:
    return f"−{reanalysis.lost:,}"


def compared_phrases(
    phrase_change: PhraseChange, preview: Reanalysis | None
) -> dict[str, PhraseTable]:
    counts = preview.counts if preview else {}
    # Nobody says it, or it is not known yet.
    missing: dict[str, list[int]] | None = {} if preview and preview.is_done else None
    return {
        language: PhraseTable(
            _compared(phrase_change.before.get(language, []), after, counts.get(language, missing))
        )
        for language, after in phrase_change.phrases.items()
    }


def phrases_in_use(topic: Topic, preview: Reanalysis) -> dict[str, PhraseTable]:
    return {
        language: PhraseTable(_counted(listed, "", preview.counts.get(language, {})))
        for language, listed in topic.phrases.items()
    }


def _compared(
    before: list[str], after: list[str], counts: dict[str, list[int]] | None
) -> list[PhraseRow]:
    new = [phrase for phrase in after if phrase not in before]
    gone = [phrase for phrase in before if phrase not in after]
    rest = [phrase for phrase in after if phrase in before]
    signed = [(new, "+"), (gone, "−"), (rest, "")]
    return [row for phrases, sign in signed for row in _counted(phrases, sign, counts)]


def _counted(
    phrases: Iterable[str], sign: str, counts: dict[str, list[int]] | None
) -> list[PhraseRow]:
    if counts is None:
        return [PhraseRow(text, sign) for text in phrases]
    found = [PhraseRow(text, sign, *counts.get(text, (0, 0))) for text in phrases]
    return sorted(found, key=lambda phrase: -(phrase.n or 0))


def examples(preview: Reanalysis, kind: str) -> list[ExampleRow]:
    """Examples of a kind, the newest first. Deleted feedback is left out."""
    chosen = [(pk, spans[0]) for pk, what, spans in preview.examples if what == kind][
        :EXAMPLES_SHOWN
    ]
    items = Feedback.objects.in_bulk([pk for pk, _span in chosen])
    return [
        ExampleRow(items[pk], *around(items[pk].text, *span)) for pk, span in chosen if pk in items
    ]
