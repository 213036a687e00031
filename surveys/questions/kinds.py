"""The one table of survey kinds: what each asks, on which scale, and where.

A new kind of survey is a row here, its standard words in default_wordings.py and, where a page or
mail that is there does not fit, a template. Its figure is its own arithmetic, beside nps.py, and a
report that counts only this kind; until there is one, its answers are listed and never added up.

A row of the database may be of a kind that is not in the table, because a newer version of Todoku
made it. Such a survey has a name and nothing else: nobody is asked, and nothing is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from surveys.questions import nps


@dataclass(frozen=True)
class SurveyKind:
    """A kind of survey. Templates are named from templates/; what is empty or None, it has not."""

    key: str
    label: Any
    scale: range | None = None  # the scores that can be given
    bands: Mapping[str, range] | None = None  # the scores that are asked and thanked alike
    mail: str = ""  # the folder of emails/ that asks a customer
    page: str = ""  # where the link of that mail leads: a score, and the reason for it
    public_page: str = ""  # where anybody may write, without being asked

    def band(self, score: int | None) -> str | None:
        """Name the band a score falls in; None where there is no score, or there are no bands."""
        if score is None or self.bands is None:
            return None
        return next((name for name, scores in self.bands.items() if score in scores), None)

    def written(self, score: int) -> str:
        """Say a score so that nobody takes it for one of another scale: 4/5."""
        return f"{score}/{self.scale[-1]}" if self.scale else str(score)


NPS = SurveyKind(
    key="nps",
    label=_("NPS® survey"),
    scale=nps.SCORES,
    bands=nps.BANDS,
    mail="invitation",
    page="surveys/answer.html",
)
FEEDBACK = SurveyKind(
    key="feedback",
    label=_("feedback form"),
    public_page="surveys/form.html",
)

KINDS = {kind.key: kind for kind in (NPS, FEEDBACK)}
CHOICES = [(kind.key, kind.label) for kind in KINDS.values()]


def kind_called(key: str) -> SurveyKind:
    """Look a kind up; one that is not in the table has its key for a name, and nothing else."""
    return KINDS.get(key) or SurveyKind(key, label=key)


def asked_by_mail() -> list[str]:
    """Name the kinds that customers are invited to."""
    return [kind.key for kind in KINDS.values() if kind.mail]


def with_a_public_page() -> list[str]:
    """Name the kinds that anybody may answer."""
    return [kind.key for kind in KINDS.values() if kind.public_page]
