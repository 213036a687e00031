"""Submit a response: the one way in for answers to surveys and feedback from forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

from surveys.models import (
    AddressClaim,
    FormPost,
    Invitation,
    Origin,
    Response,
    Survey,
    Wording,
)
from surveys.responses import bot_detection, claim_address
from surveys.responses.asked import Asked, look
from surveys.responses.bot_detection import PERSON, HumanSigns
from surveys.responses.write_down import Before, write_down

State, Why = Response.State, Response.Why
TOUCHED = "touched"  # kept with each change in the history: a person pressed it


class SurveyClosed(Exception):
    """The survey takes no answers: not yet, or no longer."""


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
    shown = wording.pk if wording else None
    asked = look(invitation.pk, chosen=language, browser=language, shown=shown)
    if asked is None:
        raise Invitation.DoesNotExist
    return take(asked, score=score, comment=comment, now=now, signs=signs)


def take(asked: Asked, *, score: int, comment: str, now: datetime, signs: HumanSigns) -> Response:
    """The same, for whoever has looked at what was asked."""
    if not asked.survey.is_open_to_the_invited(now):
        raise SurveyClosed(f"survey {asked.survey.pk} takes no answers")
    response, human = asked.response or _new_response(asked, now), signs.are_human(now)
    if response.state == State.COUNTED and not human:
        return response
    before = Before.of(response)
    response.wording, response.language = asked.wording, asked.language
    if _write(response, score=score, comment=comment.strip(), human=human, now=now, before=before):
        return response
    # Two taps on a slow phone arrive together, and staff decide meanwhile. Whoever has not seen
    # what came of that looks again, and lets nobody be before them.
    with transaction.atomic():
        return take(asked.again(), score=score, comment=comment, now=now, signs=signs)


def _new_response(asked: Asked, now: datetime) -> Response:
    return Response(
        survey=asked.survey,
        invitation_id=asked.invitation,
        customer_id=asked.customer,
        state=State.PROVISIONAL,
        answered_at=now,
    )


def _write(
    response: Response,
    *,
    score: int,
    comment: str,
    human: bool,
    now: datetime,
    before: Before | None,
) -> bool:
    """False, with nothing written, when the answer is no longer what was read before."""
    said = (response.score, response.comment, response.state)
    response.score, response.comment = score, comment
    if response.why_excluded != Why.STAFF:
        response.state, response.why_excluded = _verdict(response, human, now)
    if (response.score, response.comment, response.state) == said:
        return True
    return write_down(response, now, before=before, why=TOUCHED if human else "")


def _verdict(response: Response, human: bool, now: datetime) -> tuple[str, str]:
    scores = [*_scores_so_far(response, human, now), (now, response.score or 0)]
    if bot_detection.is_a_scan(scores, now):
        return State.EXCLUDED, Why.SCAN
    return (State.COUNTED if human else State.PROVISIONAL), ""


def _scores_so_far(response: Response, human: bool, now: datetime) -> list[tuple[datetime, int]]:
    """Scores given before; a person right after a scanner has no part in what it pressed."""
    if response.pk is None or now - response.changed_at >= bot_detection.BURST:
        return []
    changes = response.history.filter(history_change_reason=TOUCHED) if human else response.history
    return list(changes.values_list("history_date", "score"))


def say(
    survey: Survey,
    *,
    words: str,
    email: str = "",
    language: str,
    now: datetime,
    wording: Wording | None = None,
    origin: Origin | None = None,
    may_mail: bool = True,
) -> Response:
    """Keep what someone wrote into a public form; an address is a claim until its owner confirms.

    What comes from the same form again, or says the same from the same browser within minutes, is
    the same response: Back and Send, or two taps. Raises SurveyClosed.
    """
    if not survey.is_open_to_all(now):
        raise SurveyClosed(f"survey {survey.pk} takes no answers")
    words = words.strip()
    said = partial(
        _say,
        {
            "wording": wording or survey.saved_wording(language),
            "language": language,
            "comment": words,
        },
        FormPost.of(survey, words, origin, now) if origin else None,
        survey=survey,
        now=now,
        claim=partial(claim_address.claim, email=email, language=language, may_mail=may_mail)
        if email
        else None,
    )
    for _surprise in range(2):
        # The same form, or the same address, may come at the same moment: then it is known now.
        with suppress(IntegrityError):
            return said()
    return said()


@transaction.atomic
def _say(
    said: Mapping[str, Any],
    post: FormPost | None,
    *,
    survey: Survey,
    now: datetime,
    claim: Callable[..., object] | None,
) -> Response:
    earlier = _said_before(post, said["comment"]) if post else None
    response = earlier or Response(survey=survey, answered_at=now)
    if response.comment != said["comment"]:
        before = Before.of(response)
        for field, value in said.items():
            setattr(response, field, value)
        write_down(response, now, before=before)
    if claim:
        claim(response, now=now)
    if post:
        post.keep(response)
    return response


def _said_before(post: FormPost, words: str) -> Response | None:
    """The response that this post repeats or changes; what is settled whose it is, none changes."""
    earlier = FormPost.objects.like(post).first()
    if earlier is None:
        return None
    locked = Response.objects.select_related("survey").select_for_update(of=("self",))
    response = locked.get(pk=earlier.response_id)
    if response.comment == words or not _is_settled(response):
        return response
    earlier.delete()  # from now on the form is that of the new words
    return None


def _is_settled(response: Response) -> bool:
    claim = AddressClaim.objects.filter(response=response).first()
    return claim is not None and not claim.is_open


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
    before = Before.of(response)
    response.state, response.why_excluded = state, why
    return write_down(response, now, before=before)
