"""NPS bands: their words, signs and queries. Where each begins and ends stands in nps.py."""

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

# Names that a Tally has for its three counts.
COUNTS = {band: f"{band}s" for band in BANDS}


def with_scores(band: str) -> str:
    """The plural of a band with its scores: "promoters (9–10)"."""
    scores = BANDS[band]
    words = {"band": PLURALS[band], "lowest": scores[0], "highest": scores[-1]}
    return str(_("%(band)s (%(lowest)d–%(highest)d)") % words)


def scored_in(band: str, score: str = "score") -> Q:
    """Condition that a score is in this band; `score` is the path to it."""
    return Q(**{f"{score}__range": (BANDS[band][0], BANDS[band][-1])})


def counts(count: Callable[[Q], Count], *, score: str, where: Q) -> dict[str, Count]:
    """Aggregates for `annotate`: the three counts that a Tally is made of, by their names.

    `count` makes the count of the rows of which a Q is true; `where` says which count at all.
    """
    return {name: count(where & scored_in(band, score)) for band, name in COUNTS.items()}
