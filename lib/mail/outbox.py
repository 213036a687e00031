"""The outbox: rows that become one mail each, at most once, with an end that staff can see.

An abstract model: invitations are mails, and so are the notices of reports. A mail is handed over
for good and not leased as other work is (`lib/claims.py`): a lease that runs out repeats the
work, and a mail that went twice cannot be called back.

    waiting ──hand_over──▶ handed over ──settled──▶ sent | refused | skipped | uncertain
       ▲                         │
       └────────put_back─────────┘  (the server said no for now: certainly not sent)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LOST_AFTER = timedelta(minutes=10)  # handed over, and no outcome yet

Mail_co = TypeVar("Mail_co", bound="OutboxMail", covariant=True)


class OutboxQuerySet(models.QuerySet[Mail_co]):
    def waiting(self) -> Self:
        return self.filter(handed_at=None, outcome=None)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(send_after__lte=now).order_by("send_after")

    def sent(self) -> Self:
        return self.filter(outcome=OutboxMail.Outcome.SENT)

    def sent_between(self, start: datetime, end: datetime) -> Self:
        """Mails sent in the half-open interval."""
        return self.sent().filter(handed_at__gte=start, handed_at__lt=end)

    def on_their_way(self) -> Self:
        return self.exclude(handed_at=None).filter(outcome=None)

    def ended(self, outcome: str) -> Self:
        return self.filter(outcome=outcome)

    def lost(self, now: datetime) -> Self:
        """Mails handed over long ago whose outcome nobody wrote down: the worker died."""
        return self.on_their_way().filter(handed_at__lte=now - LOST_AFTER)

    def hand_over(self, pk: int, now: datetime) -> bool:
        """Say that this mail leaves now. Of several workers at one mail, one gets True."""
        mine = self.filter(pk=pk, handed_at=None, outcome=None)
        return bool(mine.update(handed_at=now, attempts=F("attempts") + 1))

    def end(self, ending: Ending) -> None:
        self.filter(pk=ending.pk).update(**ending.changes)

    def settle_lost(self, now: datetime) -> int:
        why = OutboxMail.Why.WORKER_STOPPED
        return self.lost(now).update(
            outcome=OutboxMail.Outcome.UNCERTAIN, reason=why, settled_at=now
        )

    def failed(self) -> Self:
        return self.filter(outcome__in=[OutboxMail.Outcome.REFUSED, OutboxMail.Outcome.UNCERTAIN])

    def send_again(self, now: datetime) -> int:
        """Put the failed ones back, as staff want it; what was uncertain may then arrive twice."""
        return self.failed().update(
            outcome=None, reason="", handed_at=None, settled_at=None, attempts=0, send_after=now
        )


class OutboxMail(models.Model):
    """A mail of an outbox. Its `reason` is a Why, or what a mail server said, as it came."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        SKIPPED = "skipped", _("skipped")
        UNCERTAIN = "uncertain", _("uncertain")

    class Why(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("does not want mail from us")
        SURVEY_CLOSED = "survey_closed", _("the survey closed before it was sent")
        WORKER_STOPPED = "worker_stopped", _("the worker stopped while handing it over")
        UNCONFIRMED = "unconfirmed", _("nobody has confirmed that these words are theirs")
        TOO_MANY = "too_many", _("too many addresses were given from one network")
        BEFORE_CLAIMS = "before_claims", _("it was given before addresses had to be confirmed")
        NO_RECIPIENT = "no_recipient", _("there is no address to send it to")

    send_after = models.DateTimeField(_("send after"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    handed_at = models.DateTimeField(_("handed over at"), null=True, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, null=True, choices=Outcome, editable=False
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled at"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        """The mail's state, in a word for people."""
        if self.outcome:
            return str(self.get_outcome_display())
        return str(_("on its way") if self.handed_at else _("waiting"))

    @property
    def why(self) -> str:
        """The reason, in the reader's language where it is ours."""
        known = dict(self.Why.choices)
        return str(known.get(self.reason, self.reason))

    def _row(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.filter(pk=self.pk)


@dataclass(frozen=True)
class Ending:
    """How it ended that a mail was handed over: its row, and what is written there."""

    pk: int
    changes: dict[str, Any]


def settled(pk: int, outcome: OutboxMail.Outcome, now: datetime, *, reason: str = "") -> Ending:
    return Ending(pk, {"outcome": outcome.value, "reason": _short(reason), "settled_at": now})


def put_back(pk: int, until: datetime, *, reason: str) -> Ending:
    return Ending(pk, {"handed_at": None, "send_after": until, "reason": _short(reason)})


def _short(reason: str) -> str:
    return reason.replace("\0", "")[:300]
