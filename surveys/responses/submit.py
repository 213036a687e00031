"""Submit a response: the one way in for answers to surveys and feedback from forms."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lib import addresses
from surveys.models import Customer, Invitation, Response, Survey, Wording
from surveys.responses import bot_detection
from surveys.responses.bot_detection import PERSON, HumanSigns
from surveys.signals import response_received

State, Why = Response.State, Response.Why
TOUCHED = "touched"  # kept with each change in the history: a person pressed it


class SurveyClosed(Exception):
    """The survey takes no answers: not yet, or no longer."""


@transaction.atomic
def answer(
    invitation: Invitation,
    *,
    score: int,
    comment: str = "",
    language: str,
    now: datetime,
    wording: Wording | None = None,
    signs: HumanSigns = PERSON,
) -> Response:
    """Keep what this customer answers; until the survey closes they may change their mind.

    What a person said counts at once. What may be a scanner's is kept without being counted, and
    never replaces what a person said. `wording` is what they were asked with, where that is known;
    else it is the newest in their language. Raises SurveyClosed.
    """
    # Two taps on a slow phone arrive together: the row lock makes the second wait for the first.
    locked = Invitation.objects.with_everything().select_for_update(of=("self",))
    invitation = locked.get(pk=invitation.pk)
    if not invitation.wave.survey.is_open_to_the_invited(now):
        raise SurveyClosed(f"survey {invitation.wave.survey.pk} takes no answers")
    response = _response_to(invitation, now)
    human = signs.are_human(now)
    if response.state == State.COUNTED and not human:
        return response
    response.wording = wording or response.survey.saved_wording(language)
    response.language = language
    return _write(response, score=score, comment=comment.strip(), human=human, now=now)


def _response_to(invitation: Invitation, now: datetime) -> Response:
    # Locked too: what staff decide about it at this moment must not be written over.
    found = Response.objects.select_for_update().filter(invitation=invitation).first()
    return found or Response(
        survey=invitation.wave.survey,
        invitation=invitation,
        customer=invitation.customer,
        state=State.PROVISIONAL,
        answered_at=now,
    )


def _write(response: Response, *, score: int, comment: str, human: bool, now: datetime) -> Response:
    before = (response.score, response.comment, response.state)
    response.score, response.comment = score, comment
    if response.why_excluded != Why.STAFF:
        response.state, response.why_excluded = _verdict(response, human, now)
    if (response.score, response.comment, response.state) != before:
        _keep(response, now, why=TOUCHED if human else "")
    return response


def _verdict(response: Response, human: bool, now: datetime) -> tuple[str, str]:
    if bot_detection.is_a_scan([*_scores_so_far(response, human), (now, response.score or 0)], now):
        return State.EXCLUDED, Why.SCAN
    return (State.COUNTED if human else State.PROVISIONAL), ""


def _scores_so_far(response: Response, human: bool) -> list[tuple[datetime, int]]:
    """Scores given before; a person right after a scanner has no part in what it pressed."""
    if response.pk is None:
        return []
    changes = response.history.filter(history_change_reason=TOUCHED) if human else response.history
    return list(changes.values_list("history_date", "score"))


def _keep(response: Response, now: datetime, *, why: str = "") -> None:
    response.changed_at = now
    # Read by simple_history as it writes down the change.
    response._history_date, response._change_reason = now, why  # type: ignore[attr-defined]
    response.save()
    if response.state == State.COUNTED:
        # Inside the transaction: the rows that listeners write live or die with the answer.
        response_received.send(Response, response=response)


@transaction.atomic
def say(
    survey: Survey,
    *,
    words: str,
    email: str = "",
    language: str,
    now: datetime,
    wording: Wording | None = None,
) -> Response:
    """Keep what someone wrote into a public form; an address makes them a customer.

    Raises SurveyClosed.
    """
    if not survey.is_open_to_all(now):
        raise SurveyClosed(f"survey {survey.pk} takes no answers")
    response = Response(
        survey=survey,
        customer=_customer_at(email, language) if email else None,
        wording=wording or survey.saved_wording(language),
        language=language,
        comment=words.strip(),
        answered_at=now,
    )
    _keep(response, now)
    return response


def _customer_at(email: str, language: str) -> Customer:
    # Two posts with one new address may arrive together: the second takes the first one's customer.
    new = {"email": addresses.parse(email), "language": language}
    return Customer.objects.at(email).get_or_create(defaults=new)[0]


@transaction.atomic
def count(response: Response, *, now: datetime) -> bool:
    """Count a response, since staff say that a person gave it. False when it counts already."""
    return _move(response, State.COUNTED, "", now)


@transaction.atomic
def exclude(response: Response, *, now: datetime) -> bool:
    """Exclude a response, as staff decide. False when it is excluded already."""
    return _move(response, State.EXCLUDED, Why.STAFF, now)


def _move(response: Response, state: str, why: str, now: datetime) -> bool:
    response = Response.objects.select_for_update().get(pk=response.pk)
    if response.state == state:
        return False
    response.state, response.why_excluded = state, why
    _keep(response, now)
    return True
