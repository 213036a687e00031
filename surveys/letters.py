"""Letters: rows that become one mail each, at most once, with an end that staff can see.

An abstract model: invitations are letters, and so are the notices of reports.

    waiting ──hand_over──▶ handed over ──settle──▶ sent | refused | skipped | uncertain
       ▲                        │
       └────────put_back────────┘  (the server said no for now: certainly not sent)
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PATIENCE = timedelta(minutes=10)


class LetterQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(handed_at=None, outcome=None)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(send_after__lte=now).order_by("send_after", "pk")

    def sent(self) -> Self:
        return self.filter(outcome=Letter.Outcome.SENT)

    def lost(self, now: datetime) -> Self:
        """Handed over long ago, and nobody came back to say how it ended: the worker died."""
        return self.filter(outcome=None, handed_at__lte=now - PATIENCE)

    def settle_lost(self, now: datetime) -> int:
        why = "the worker stopped while it was handing the mail over"
        return self.lost(now).update(
            outcome=Letter.Outcome.UNCERTAIN, reason=why, settled_at=now
        )


class Letter(models.Model):
    class Outcome(models.TextChoices):
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused")
        SKIPPED = "skipped", _("skipped")
        UNCERTAIN = "uncertain", _("uncertain")

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
        """Where it stands, in a word for people."""
        if self.outcome:
            return str(self.get_outcome_display())
        return str(_("on its way") if self.handed_at else _("waiting"))

    def hand_over(self, now: datetime) -> bool:
        """Commit that this mail leaves now. Of several workers at one letter, one is told True."""
        mine = self._row().filter(handed_at=None, outcome=None)
        return bool(mine.update(handed_at=now, attempts=F("attempts") + 1))

    def settle(self, outcome: Outcome, now: datetime, *, reason: str = "") -> None:
        self._row().update(outcome=outcome, reason=reason[:300], settled_at=now)

    def put_back(self, until: datetime, *, reason: str) -> None:
        self._row().update(handed_at=None, send_after=until, reason=reason[:300])

    def _row(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.filter(pk=self.pk)


