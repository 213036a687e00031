"""What a link asks, and what was answered by it so far: one statement, made ready once.

Every page of an invitation begins here, and every post, which locks the invitation besides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from lib import languages
from lib.database.prepared import Given, Prepared
from surveys.models import Invitation, Response, Survey, Wording

SURVEY = ["kind", "state", "closes_at"]
ANSWER = [each.attname for each in Response._meta.concrete_fields if not each.generated]
NEEDED = [*(f"wave__survey__{name}" for name in SURVEY), *(f"response__{name}" for name in ANSWER)]


@dataclass
class Asked:
    """An invitation as its page needs it: in which language, with which words, what was answered.

    The wording is the one that was shown, if a post says which; else the newest in the language,
    else in whichever there is. None is saved of surveys that ask with the standard words.
    """

    invitation: Invitation
    language: str
    wording: Wording | None
    response: Response | None

    @property
    def survey(self) -> Survey:
        return self.invitation.wave.survey

    def again(self) -> Asked:
        """The same, as it is now."""
        shown = self.wording.pk if self.wording else None
        locked = lock(self.invitation.pk, chosen=self.language, browser="", shown=shown)
        assert locked, "it is locked, so nobody can have deleted it"
        return locked

    @property
    def words(self) -> Wording:
        return self.wording or self.survey.standard_wording(self.language)


def look(invitation: int, *, chosen: str | None, browser: str) -> Asked | None:
    """The invitation of this id. Its page speaks the language chosen, else the customer's, else the
    browser's."""
    found = _PAGE.first(pk=invitation, chosen=chosen, browser=browser, shown=None)
    return _asked(found) if found else None


def lock(invitation: int, *, chosen: str | None, browser: str, shown: int | None) -> Asked | None:
    """The same, locked until the transaction ends: what else is posted by this link waits.

    What it says of the answer so far may be old all the same, by as long as it had to wait: when a
    statement begins, PostgreSQL has chosen what it sees. Whoever writes asks whether it still is.
    """
    found = _POST.first(pk=invitation, chosen=chosen, browser=browser, shown=shown)
    return _asked(found) if found else None


def _asked(found: Invitation) -> Asked:
    survey, words = found.wave.survey, found.words  # type: ignore[attr-defined]
    wording = Wording(**words, survey=survey) if words else None
    response: Response | None = getattr(found, "response", None)
    if response:
        response.survey = survey
    return Asked(found, found.spoken, wording, response)  # type: ignore[attr-defined]


def _query(*, locked: bool) -> QuerySet[Invitation]:
    ours = When(customer__language__in=list(languages.LANGUAGES), then=F("customer__language"))
    spoken = Coalesce(_text("chosen"), Case(ours, default=_text("browser")))
    asked = Invitation.objects.filter(pk=_number("pk")).annotate(spoken=spoken)
    asked = asked.annotate(words=_words()).order_by()
    asked = asked.select_related("wave__survey", "customer", "response")
    asked = asked.only("customer__language", *NEEDED)
    return asked.select_for_update(of=("self",), no_key=True) if locked else asked


def _words() -> Coalesce:
    """The one wording to ask with, whole: what staff revise is on the next page."""
    columns = [each.attname for each in Wording._meta.concrete_fields if each.name != "survey"]
    whole = JSONObject(**{name: name for name in columns})
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


_PAGE = Prepared(partial(_query, locked=False))
_POST = Prepared(partial(_query, locked=True))
