"""Send the invitations that are due: compose each mail, and hand it to the delivery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F, QuerySet, prefetch_related_objects
from django.utils import timezone

from lib import links
from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver
from lib.mail.compose import compose
from lib.mail.message import Mail
from lib.mail.outbox import OutboxMail
from surveys.invitations import contact_policy
from surveys.models import Customer, Invitation, Survey
from surveys.questions import kinds


class Asked(NamedTuple):
    """What an invitation's mail is made of."""

    pk: int
    attempts: int
    customer_id: int
    email: str
    name: str
    language: str
    unsubscribed_at: datetime | None
    survey: int
    kind: str
    state: str
    closes_at: datetime | None

    @classmethod
    def query(cls) -> QuerySet[Any, Any]:
        customer = {
            field: F(f"customer__{field}")
            for field in ("email", "name", "language", "unsubscribed_at")
        }
        survey = {field: F(f"wave__survey__{field}") for field in ("kind", "state", "closes_at")}
        asked = Invitation.objects.annotate(**customer, **survey, survey=F("wave__survey"))
        return asked.values_list(*cls._fields)


@dataclass(frozen=True)
class Words:
    """What the mail says of a wording."""

    language: str
    question: str
    lowest_label: str
    highest_label: str


WordsOf = Callable[[int, str, str], Words]


def send_due_invitations(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    Invitation.objects.settle_lost(timezone.now())
    return run_batches(_send_batch, seconds=seconds)


def _send_batch() -> int:
    return deliver.deliver_due(
        Invitation.objects.with_a_mail(),
        Asked,
        compose=partial(compose_invitation, words_of=words()),
        why_not=_why_not,
    )


def _why_not(asked: Asked) -> str:
    if not Survey(state=asked.state, closes_at=asked.closes_at).is_open(timezone.now()):
        return OutboxMail.Why.SURVEY_CLOSED
    return contact_policy.refusal(asked.unsubscribed_at) or ""


def words() -> WordsOf:
    """Read the newest words of each survey that is asked about, once."""

    @cache
    def survey_with_wordings(survey: int, kind: str) -> Survey:
        found = Survey(pk=survey, kind=kind)
        prefetch_related_objects([found], "wordings")
        return found

    @cache
    def words_of(survey: int, kind: str, language: str) -> Words:
        wording = survey_with_wordings(survey, kind).wording(language)
        return Words(
            wording.language, wording.question, wording.lowest_label, wording.highest_label
        )

    return words_of


def compose_invitation(asked: Asked, words_of: WordsOf) -> Mail:
    """The mail that asks the question, with a link for each score."""
    kind = kinds.kind_called(asked.kind)
    return compose(
        kind.mail,
        to=asked.email,
        language=asked.language,
        key=f"invitation-{asked.pk}",
        unsubscribe=settings.SITE_URL + Customer(pk=asked.customer_id).unsubscribe_path,
        words={
            "wording": words_of(asked.survey, asked.kind, asked.language),
            "scores": kind.scale or (),
        },
        places={
            "name": links.harmless(asked.name),
            "link": settings.SITE_URL + Invitation(pk=asked.pk).get_absolute_url(),
        },
    )
