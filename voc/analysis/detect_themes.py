"""Detects emerging themes: what customers say clearly more often now than before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from voc.analysis import bursts
from voc.analysis.bursts import TIMES_AS_OFTEN, AreSimilar, Burst
from voc.analysis.embed import can_embed
from voc.analysis.noun_mentions import MentionCounter, Mentions, Quote, commonest
from voc.models import Theme
from voc.nlp import embedder
from voc.nlp.languages import READABLE

NOW_PERIOD, BEFORE_PERIOD = timedelta(days=28), timedelta(days=84)
THEMES_PER_LANGUAGE = 20  # a language: more than that, nobody looks at
EXAMPLES_PER_THEME = 50

State = Theme.State
DETECTED_FIELDS = ["phrase", "variants", "starts", "ends", "n", "n_before", "texts", "texts_before",
         "strength", "examples"]  # fmt: skip


def detect_emerging_themes(now: datetime) -> list[Theme]:
    """Store and return themes of the last four weeks against the twelve before.

    Doing it again gives the same.
    """
    return [theme for language in READABLE for theme in _detect(MentionCounter(language), now)]


def _detect(counter: MentionCounter, now: datetime) -> list[Theme]:
    starts = now - NOW_PERIOD
    mentions = counter.count(starts, now)
    before = counter.count(starts - BEFORE_PERIOD, starts)
    found = bursts.find_bursts(mentions.phrases, before.phrases, are_similar=_are_similar())[
        :THEMES_PER_LANGUAGE
    ]
    themes = {burst: _theme(burst, mentions, counter, now) for burst in found}
    return _keep({burst: theme for burst, theme in themes.items() if theme.examples}, counter)


def _are_similar() -> AreSimilar:
    """Similarity by meaning, where embeddings are switched on; by words all are grouped anyway."""
    return embedder.Kin() if can_embed() else bursts.never_similar


def _theme(burst: Burst, mentions: Mentions, counter: MentionCounter, now: datetime) -> Theme:
    ids = [pk for place in sorted(burst.meant_by) for pk in mentions.feedback[place]]
    quotes = list(_enough(counter.quotes(ids, burst.phrases), burst.phrase))
    written = commonest(quotes)
    return Theme(
        language=counter.language,
        phrase=written.get(burst.phrase, ""),
        variants=[written[phrase] for phrase in burst.variants if phrase in written],
        starts=now - NOW_PERIOD,
        ends=now,
        n=burst.count.n,
        texts=burst.count.size,
        n_before=burst.count.n_before,
        texts_before=burst.count.size_before,
        strength=round(burst.count.strength, 3),
        examples=_examples(quotes, burst.phrase),
        noticed_at=now,
    )


def _enough(quotes: Iterable[Quote], phrase: str) -> Iterator[Quote]:
    """Quotes up to EXAMPLES_PER_THEME pieces of feedback that say just this phrase."""
    found = set[int]()
    for quote in quotes:
        if quote.feedback not in found and len(found) == EXAMPLES_PER_THEME:
            return
        if quote.noun.key == phrase:
            found.add(quote.feedback)
        yield quote


def _examples(quotes: Iterable[Quote], phrase: str) -> list[list[int]]:
    """Examples as Theme stores them: the newest first, each once, at its first place."""
    first: dict[int, list[int]] = {}
    for quote in quotes:
        if quote.noun.key == phrase:
            first.setdefault(quote.feedback, [quote.feedback, quote.noun.start, quote.noun.end])
    return list(first.values())


@transaction.atomic
def _keep(found: dict[Burst, Theme], counter: MentionCounter) -> list[Theme]:
    """Store themes. What staff decided stays; new ones come, those no longer found fade."""
    rows = list(Theme.objects.in_language(counter.language).locked())
    known = {counter.key(row.phrase): row for row in rows}
    kept = [_met(theme, _row(burst, known)) for burst, theme in found.items()]
    faded = [row for row in known.values() if row.state == State.NEW]
    for row in faded:
        row.state = State.FADED
    stored = [row for row in kept if row.pk]
    Theme.objects.bulk_update([*stored, *faded], [*DETECTED_FIELDS, "state", "noticed_at"])
    Theme.objects.bulk_create((row for row in kept if not row.pk), ignore_conflicts=True)
    return kept


def _row(burst: Burst, known: dict[str, Theme]) -> Theme | None:
    """Take the stored row of this theme, by its phrase or a variant; each serves once."""
    key = next((phrase for phrase in burst.phrases if phrase in known), None)
    return known.pop(key) if key else None


def _met(theme: Theme, row: Theme | None) -> Theme:
    if row is None:
        return theme
    if row.state == State.TOPIC or (row.state == State.DISMISSED and not _louder(theme, row)):
        return row
    if row.state != State.NEW:
        row.state, row.noticed_at = State.NEW, theme.noticed_at
    for name in DETECTED_FIELDS:
        setattr(row, name, getattr(theme, name))
    return row


def _louder(theme: Theme, row: Theme) -> bool:
    """The theme is worth another look: said so much more often than when it was dismissed."""
    return theme.share >= TIMES_AS_OFTEN * row.share
