"""What a link asks, and what was answered by it so far: one statement, made ready once.

Every page of an invitation begins here, and every post. Whoever was overtaken while they posted
looks again, and locks the invitation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject

from lib import languages
from lib.database.prepared import Given, Prepared
from surveys.models import Invitation, Response, Survey, Wording

MOST_WORDINGS = 1_000
SURVEY = ("id", "kind", "state", "closes_at")
ANSWER = tuple(each.attname for each in Response._meta.concrete_fields if not each.generated)
FACTS = (
    "customer_id",
    "spoken",
    "words",
    *(f"wave__survey__{name}" for name in SURVEY),
    *(f"response__{name}" for name in ANSWER),
)


@dataclass(slots=True)
class Asked:
    """An invitation as its page needs it: in which language, with which words, what was answered.

    The wording is the one that was shown, if a post says which; else the newest in the language,
    else in whichever there is. None is saved of surveys that ask with the standard words.
    """

    invitation: int
    customer: int
    survey: Survey
    language: str
    wording: Wording | None
    response: Response | None

    def again(self) -> Asked:
        """The same, as it is now, locked until the transaction ends: who else posts by this link
        waits.

        What it says of the answer may be old all the same, by as long as it had to wait: when a
        statement begins, PostgreSQL has chosen what it sees. The next time it is not.
        """
        shown = self.wording.pk if self.wording else None
        values = {"pk": self.invitation, "chosen": self.language, "browser": "", "shown": shown}
        found = _LOCKED.first(**values)
        if found is None:
            raise Invitation.DoesNotExist
        return _asked(self.invitation, *found)

    @property
    def words(self) -> Wording:
        return self.wording or self.survey.standard_wording(self.language)


def look(
    invitation: int, *, chosen: str | None, browser: str, shown: int | None = None
) -> Asked | None:
    """The invitation of this id. Its page speaks the language chosen, else the customer's, else the
    browser's; `shown` is the id of the wording that a page sent back."""
    found = _LOOK.first(pk=invitation, chosen=chosen, browser=browser, shown=shown)
    return _asked(invitation, *found) if found else None


def _asked(invitation: int, customer: int, language: str, words: str | None, *rest: Any) -> Asked:
    of_survey, of_answer = rest[: len(SURVEY)], rest[len(SURVEY) :]
    survey = Survey.from_db(DEFAULT_DB_ALIAS, SURVEY, of_survey)
    wording = _wording(words, survey.pk, survey.kind) if words else None
    response = None
    if of_answer[0] is not None:
        response = Response.from_db(DEFAULT_DB_ALIAS, ANSWER, of_answer)
        response.survey = survey
    return Asked(invitation, customer, survey, language, wording, response)


@lru_cache(MOST_WORDINGS)
def _wording(words: str, survey: int, kind: str) -> Wording:
    """The wording of which the database says this, for all who are asked with it. What staff revise
    says something else."""
    return Wording(**json.loads(words), survey=Survey(pk=survey, kind=kind))


def _query(*, locked: bool) -> QuerySet[Invitation, tuple[Any, ...]]:
    ours = When(customer__language__in=list(languages.LANGUAGES), then=F("customer__language"))
    spoken = Coalesce(_text("chosen"), Case(ours, default=_text("browser")))
    asked = Invitation.objects.filter(pk=_number("pk")).annotate(spoken=spoken)
    asked = asked.annotate(words=_words()).order_by()
    if locked:
        asked = asked.select_for_update(of=("self",), no_key=True)
    return asked.values_list(*FACTS)


def _words() -> Coalesce:
    """The one wording to ask with, whole: what staff revise is on the next page."""
    columns = [each.attname for each in Wording._meta.concrete_fields if each.name != "survey"]
    whole = Cast(JSONObject(**{name: name for name in columns}), TextField())
    of_the_survey = Wording.objects.filter(survey=OuterRef("wave__survey"))
    newest_first = of_the_survey.order_by("-language", "-version")
    best = (
        newest_first.filter(pk=_number("shown")),
        newest_first.filter(language=OuterRef("spoken")),
        newest_first.filter(language=languages.FALLBACK),
        newest_first,
    )
    return Coalesce(*(Subquery(each.values(whole=whole)[:1]) for each in best))


def _text(name: str) -> Given:
    return Given(name, CharField())


def _number(name: str) -> Given:
    return Given(name, BigIntegerField())


_LOOK = Prepared(partial(_query, locked=False))
_LOCKED = Prepared(partial(_query, locked=True))
