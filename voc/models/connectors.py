"""Connectors: where others keep what customers said, and how far we have fetched it.

    due ──claim──▶ running, page by page ──▶ due again after `every`
                        └──▶ failed: the reason stays, and it is due again

Each page of rows is stored in one transaction with the cursor behind it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.claims import Work, WorkQuerySet
from lib.outside import sealed

PURPOSE = "connector"  # of its secret
LONGEST_ERROR = 500


class ConnectorQuerySet(WorkQuerySet["Connector"]):
    def waiting(self, now: datetime) -> ConnectorQuerySet:
        """Connectors whose time has come, and those that somebody wants to try."""
        return self.filter(Q(is_on=True, due_at__lte=now) | Q(trial_asked_at__isnull=False))

    def set_aside(self) -> ConnectorQuerySet:
        """Connectors tried too often: something stops the worker. Staff look at these."""
        return self.tried_too_often()

    def claim(self, now: datetime) -> Connector | None:
        """Lease the one that waits longest; one that failed comes last."""
        waiting = self.waiting(now).worth_trying().order_by("attempts", "due_at", "pk")
        leased = self.lease(waiting, now, 1)
        return leased[0] if leased else None


class Connector(Work):
    """A place where others keep what customers said, asked again and again."""

    class Kind(models.TextChoices):
        APP_STORE = "app_store", "App Store"
        ZENDESK = "zendesk", "Zendesk"
        INTERCOM = "intercom", "Intercom"
        FRESHDESK = "freshdesk", "Freshdesk"
        MAILBOX = "mailbox", _("mailbox (IMAP)")

    class Every(models.IntegerChoices):
        FEW_MINUTES = 5, _("every five minutes")
        HOUR = 60, _("every hour")
        DAY = 1440, _("every day")

    NEEDS_NO_SECRET: ClassVar[tuple[str, ...]] = (Kind.APP_STORE,)

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    address = models.CharField(
        _("address to fetch from"),
        max_length=300,
        help_text=_(
            "Such as https://yours.zendesk.com, https://apps.apple.com/jp/app/…/id1234567890 or "
            "imap.example.com."
        ),
    )
    account = models.CharField(
        _("account"),
        max_length=200,
        blank=True,
        help_text=_("Zendesk: the address of the agent. A mailbox: its user. Others have none."),
    )
    sealed_secret = models.TextField(blank=True, editable=False)
    since = models.DateField(
        _("from"), default=timezone.localdate, help_text=_("Nothing older is fetched.")
    )
    every = models.PositiveSmallIntegerField(_("interval"), choices=Every, default=Every.HOUR)
    is_on = models.BooleanField(_("switched on"), default=True)
    # In which its errors are written: that of whoever set it up.
    language = models.CharField(
        max_length=2, choices=languages.CHOICES, default=languages.DEFAULT, editable=False
    )

    cursor = models.JSONField(default=dict, blank=True, editable=False)
    due_at = models.DateTimeField(_("next"), default=timezone.now, editable=False)
    begun_at = models.DateTimeField(null=True, editable=False)  # while it runs
    ended_at = models.DateTimeField(_("last"), null=True, editable=False)
    new = models.PositiveIntegerField(default=0, editable=False)  # of its last run, or so far
    changed = models.PositiveIntegerField(default=0, editable=False)
    unchanged = models.PositiveIntegerField(default=0, editable=False)
    error = models.CharField(max_length=LONGEST_ERROR, blank=True, editable=False)
    failed_at = models.DateTimeField(null=True, editable=False)
    trial_asked_at = models.DateTimeField(null=True, editable=False)
    trial = models.JSONField(null=True, editable=False)  # what would come in, or why nothing would

    objects = ConnectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("connector")
        verbose_name_plural = _("connectors")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str | None:
        """The secret in the clear; None when it was sealed with a key that is gone."""
        return sealed.unseal(PURPOSE, self.sealed_secret) if self.sealed_secret else ""

    def keep_secret(self, secret: str) -> None:
        self.sealed_secret = sealed.seal(PURPOSE, secret) if secret else ""

    @property
    def is_set_aside(self) -> bool:
        return self.was_tried_too_often

    @property
    def pause(self) -> timedelta:
        return timedelta(minutes=self.every)

    def fetch_soon(self, now: datetime) -> None:
        """Have it fetched as soon as a worker comes, set aside or not."""
        self._ask(due_at=now)

    def try_soon(self, now: datetime) -> None:
        """Have a worker say what would come in, and store nothing."""
        self._ask(trial_asked_at=now, trial=None)

    def start_over(self, now: datetime) -> None:
        """Forget how far it was fetched. What is there already comes in no second time."""
        self._ask(cursor={}, due_at=now)

    def _ask(self, **values: Any) -> None:
        values = {**values, "attempts": 0}
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=[*values])
