"""The words, the signs and the queries for the bands of an NPS. Where each begins: see nps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from surveys.questions.nps import BANDS, DETRACTOR, PASSIVE, PROMOTER

NAMES: dict[str, Any] = {
    PROMOTER: _("promoter"),
    PASSIVE: _("passive"),
    DETRACTOR: _("detractor"),
}
PLURALS: dict[str, Any] = {
    PROMOTER: _("promoters"),
    PASSIVE: _("passives"),
    DETRACTOR: _("detractors"),
}
SIGNS = {PROMOTER: "+", PASSIVE: "·", DETRACTOR: "−"}

# What a Tally calls its three counts.
COUNTS = {band: f"{band}s" for band in BANDS}


def with_scores(band: str) -> str:
    """Everyone in the band, and where it begins and ends: "promoters (9–10)"."""
    scores = BANDS[band]
    words = {"band": PLURALS[band], "lowest": scores[0], "highest": scores[-1]}
    return str(_("%(band)s (%(lowest)d–%(highest)d)") % words)


def scored_in(band: str, score: str = "score") -> Q:
    """Where `score`, the path to it, stands in this band."""
    return Q(**{f"{score}__range": (BANDS[band][0], BANDS[band][-1])})


def counts(count: Callable[[Q], Count], *, score: str, where: Q) -> dict[str, Count]:
    """For `annotate`: the three counts that a Tally is made of, by their names.

    `count` makes the count of the rows of which a Q is true; `where` says which count at all.
    """
    return {name: count(where & scored_in(band, score)) for band, name in COUNTS.items()}
