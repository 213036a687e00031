"""Detects emerging themes: what customers say clearly more often now than before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from voc.analysis import bursts
from voc.analysis.bursts import TIMES, Akin, Burst
from voc.analysis.embed import can_embed
from voc.analysis.noun_mentions import MentionCounter, Mentions, Quote, commonest
from voc.models import Theme
from voc.nlp import embedder
from voc.nlp.languages import READABLE

NOW, BEFORE = timedelta(days=28), timedelta(days=84)
MOST_THEMES = 20  # a language: more than that, nobody looks at
MOST_EXAMPLES = 50

State = Theme.State
FOUND = ["phrase", "variants", "starts", "ends", "n", "n_before", "texts", "texts_before",
         "strength", "examples"]  # fmt: skip


def detect(now: datetime) -> list[Theme]:
    """What bursts in the last four weeks, against the twelve before; again gives the same."""
    return [theme for language in READABLE for theme in _detect(MentionCounter(language), now)]


def _detect(ear: MentionCounter, now: datetime) -> list[Theme]:
    starts = now - NOW
    heard = ear.count(starts, now)
    before = ear.count(starts - BEFORE, starts)
    found = bursts.find(heard.voices, before.voices, akin=_akin())[:MOST_THEMES]
    themes = {burst: _theme(burst, heard, ear, now) for burst in found}
    return _keep({burst: theme for burst, theme in themes.items() if theme.examples}, ear)


def _akin() -> Akin:
    """By meaning where embeddings are switched on; by their words they are gathered anyway."""
    return embedder.Kin() if can_embed() else bursts.never


def _theme(burst: Burst, heard: Mentions, ear: MentionCounter, now: datetime) -> Theme:
    ids = [pk for place in sorted(burst.meant_by) for pk in heard.feedback[place]]
    quotes = list(_enough(ear.quotes(ids, burst.phrases), burst.phrase))
    written = commonest(quotes)
    return Theme(
        language=ear.language,
        phrase=written.get(burst.phrase, ""),
        variants=[written[phrase] for phrase in burst.variants if phrase in written],
        starts=now - NOW,
        ends=now,
        n=burst.count.n,
        texts=burst.count.voices,
        n_before=burst.count.n_before,
        texts_before=burst.count.voices_before,
        strength=round(burst.count.strength, 3),
        examples=_examples(quotes, burst.phrase),
        noticed_at=now,
    )


def _enough(quotes: Iterable[Quote], phrase: str) -> Iterator[Quote]:
    """Up to so many pieces of feedback that say just this phrase."""
    said = set[int]()
    for quote in quotes:
        if quote.feedback not in said and len(said) == MOST_EXAMPLES:
            return
        if quote.noun.key == phrase:
            said.add(quote.feedback)
        yield quote


def _examples(quotes: Iterable[Quote], phrase: str) -> list[list[int]]:
    """The newest first, each once, with its first place."""
    first: dict[int, list[int]] = {}
    for quote in quotes:
        if quote.noun.key == phrase:
            first.setdefault(quote.feedback, [quote.feedback, quote.noun.start, quote.noun.end])
    return list(first.values())


@transaction.atomic
def _keep(found: dict[Burst, Theme], ear: MentionCounter) -> list[Theme]:
    """What staff decided stays; new themes come, those no longer found fade."""
    rows = list(Theme.objects.in_language(ear.language).held())
    known = {ear.key(row.phrase): row for row in rows}
    kept = [_met(theme, _row(burst, known)) for burst, theme in found.items()]
    faded = [row for row in known.values() if row.state == State.NEW]
    for row in faded:
        row.state = State.FADED
    there = [row for row in kept if row.pk]
    Theme.objects.bulk_update([*there, *faded], [*FOUND, "state", "noticed_at"])
    Theme.objects.bulk_create((row for row in kept if not row.pk), ignore_conflicts=True)
    return kept


def _row(burst: Burst, known: dict[str, Theme]) -> Theme | None:
    """The row of this theme, by its phrase or another that goes with it; it serves once."""
    key = next((phrase for phrase in burst.phrases if phrase in known), None)
    return known.pop(key) if key else None


def _met(theme: Theme, row: Theme | None) -> Theme:
    if row is None:
        return theme
    if row.state == State.TOPIC or (row.state == State.DISMISSED and not _louder(theme, row)):
        return row
    if row.state != State.NEW:
        row.state, row.noticed_at = State.NEW, theme.noticed_at
    for name in FOUND:
        setattr(row, name, getattr(theme, name))
    return row


def _louder(theme: Theme, row: Theme) -> bool:
    """Said so much more often than when it was dismissed that it is worth another look."""
    return theme.share >= TIMES * row.share
