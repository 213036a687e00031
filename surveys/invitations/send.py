"""Send the invitations that are due: compose each mail, and hand it to the delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from lib import links, tokens
from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver
from lib.mail.compose import compose
from lib.mail.message import Mail
from lib.mail.outbox import OutboxMail
from lib.mail.places import Text, mark
from surveys.invitations import contact_policy
from surveys.models import Invitation, Survey, Wording
from surveys.models.surveys import is_open
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


def send_due_invitations(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    Invitation.objects.settle_lost(timezone.now())
    return run_batches(_send_batch, seconds=seconds)


def _send_batch() -> int:
    return deliver.deliver_due(
        Invitation.objects.with_a_mail(),
        query=Asked.query(),
        facts=Asked,
        compose=Writer().compose,
        why_not=_why_not,
    )


def _why_not(asked: Asked) -> str:
    if not is_open(asked.state, asked.closes_at, timezone.now()):
        return OutboxMail.Why.SURVEY_CLOSED
    return contact_policy.refusal(asked.unsubscribed_at) or ""


class Writer:
    """Writes the mails of a batch; what many of them have in common it looks up once."""

    def __init__(self) -> None:
        self._answer = _address_of("surveys:answer")
        self._stop = _address_of("surveys:unsubscribe")
        self._surveys: dict[int, Survey] = {}
        self._words: dict[tuple[int, str], Words] = {}

    def compose(self, asked: Asked) -> Mail:
        """The mail that asks the question, with a link for each score."""
        kind = kinds.kind_called(asked.kind)
        stop = tokens.make("unsubscribe", asked.customer_id)
        return compose(
            kind.mail,
            to=asked.email,
            language=asked.language,
            key=f"invitation-{asked.pk}",
            unsubscribe=self._stop.filled({"token": stop}),
            words={"wording": self._words_of(asked), "scores": kind.scale or ()},
            places={
                "name": links.harmless(asked.name),
                "link": self._answer.filled({"token": tokens.make("answer", asked.pk)}),
            },
        )

    def _words_of(self, asked: Asked) -> Words:
        """The newest words of the survey, as they were when the batch began with it."""
        if asked.survey not in self._surveys:
            self._surveys[asked.survey] = Survey(pk=asked.survey, kind=asked.kind)
            prefetch_related_objects([self._surveys[asked.survey]], "wordings")
        key = asked.survey, asked.language
        if key not in self._words:
            self._words[key] = _words(self._surveys[asked.survey].wording(asked.language))
        return self._words[key]


def _words(wording: Wording) -> Words:
    return Words(wording.language, wording.question, wording.lowest_label, wording.highest_label)


def _address_of(page: str) -> Text:
    return Text(settings.SITE_URL + reverse(page, args=[mark("token")]))
