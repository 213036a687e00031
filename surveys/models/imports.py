"""Imports: tables that somebody uploaded at the desk, previewed, and had worked off by a worker.

    previewed ──begin──▶ waiting ──claim──▶ running ──▶ done | failed
        │                   └───────stop───────┴──────▶ stopped
        └─ discarded, or forgotten when nobody has confirmed it for days

The file is kept until the import has ended, and no longer: it is full of personal data. The report
stays: the counts, and the rows that were refused, with the reasons.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from io import BytesIO

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.claims import Work, WorkQuerySet

KEPT_UNCONFIRMED = timedelta(days=7)  # a file that nobody goes on with
MOST_REFUSALS = 10_000  # kept with their reasons; the rest are counted
LONGEST_REASON = 300


class ImportQuerySet(WorkQuerySet["Import"]):
    def of_kinds(self, kinds: Collection[str]) -> ImportQuerySet:
        return self.filter(kind__in=kinds)

    def previewed(self) -> ImportQuerySet:
        return self.filter(state=Import.State.PREVIEWED)

    def unfinished(self) -> ImportQuerySet:
        """Imports that a worker has to do something for, or has begun to."""
        return self.filter(state__in=Import.UNFINISHED)

    def to_look_at(self) -> ImportQuerySet:
        """Imports whose file nobody has looked at with the options it has now."""
        return self.previewed().filter(look__isnull=True)

    def waiting_for_a_worker(self) -> ImportQuerySet:
        return self.unfinished() | self.to_look_at()

    def running(self) -> ImportQuerySet:
        return self.filter(state=Import.State.RUNNING)

    def set_aside(self) -> ImportQuerySet:
        """Imports tried too often: something in them stops the worker. Staff look at these."""
        return self.waiting_for_a_worker().tried_too_often()

    def left_alone_since(self, moment: datetime) -> ImportQuerySet:
        """Imports with a file that nobody has gone on with since: not confirmed, or set aside."""
        stuck = Q(state__in=Import.UNFINISHED, attempts__gte=Import.MOST_ATTEMPTS)
        return self.filter(Q(state=Import.State.PREVIEWED) | stuck, uploaded_at__lt=moment)

    def claim(self, now: datetime) -> Import | None:
        """Lease the oldest import that waits or whose worker died; what failed comes last."""
        waiting = self.waiting_for_a_worker().worth_trying().order_by("attempts", "pk")
        leased = self.lease(waiting, now, 1)
        return leased[0] if leased else None


class Import(Work):
    """An import of a table at the desk: of whom, how far it is, and what came of it."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("to be confirmed")
        WAITING = "waiting", _("waiting for a worker")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")
        FAILED = "failed", _("broke off")

    UNFINISHED = [State.WAITING, State.RUNNING]

    kind = models.CharField(_("kind"), max_length=20)  # a key of surveys/imports/kinds.py
    file_name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField()
    options = models.JSONField(default=dict, blank=True, editable=False)
    # What the file is taken for, see surveys/imports/look.py; None until somebody has looked.
    look = models.JSONField(null=True, editable=False)
    # In which its notes and reasons are written: that of whoever uploaded it.
    language = models.CharField(max_length=2, choices=languages.CHOICES, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREVIEWED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by")
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
    )
    total = models.PositiveIntegerField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    added = models.PositiveIntegerField(default=0, editable=False)
    updated = models.PositiveIntegerField(default=0, editable=False)
    unchanged = models.PositiveIntegerField(default=0, editable=False)
    empty = models.PositiveIntegerField(default=0, editable=False)
    refused = models.PositiveIntegerField(default=0, editable=False)
    notes = models.JSONField(default=list, blank=True, editable=False)
    error = models.CharField(max_length=1000, blank=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-pk"]
        # Who may see and begin one follows from what is imported, see surveys/imports/kinds.py.
        default_permissions = ()

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_previewed(self) -> bool:
        return self.state == Import.State.PREVIEWED

    @property
    def is_unfinished(self) -> bool:
        return self.state in Import.UNFINISHED

    @property
    def is_set_aside(self) -> bool:
        waits = self.is_unfinished or (self.is_previewed and self.look is None)
        return waits and self.was_tried_too_often

    @property
    def refused_beyond(self) -> int:
        """The number of refused rows of which the reason was not kept."""
        return max(0, self.refused - MOST_REFUSALS)


class ImportFile(models.Model):
    """The file of an import, in the database so that a worker on any machine can read it."""

    of = models.OneToOneField(Import, models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.of)

    def open(self) -> BytesIO:
        """The file, with the name that it had."""
        file = BytesIO(self.content)
        file.name = self.of.file_name
        return file


class Refusal(models.Model):
    """A row of a table that was not imported, by the number that a spreadsheet shows beside it."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="refusals")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=LONGEST_REASON)

    class Meta:
        ordering = ["of", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("of", "number", name="refuse_each_row_of_an_import_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.reason}"
