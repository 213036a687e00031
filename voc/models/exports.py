"""Exports: tables of feedback that somebody takes out of the house: who, when, how many, masked.

    waiting ──claim──▶ running ──▶ complete ──a day later──▶ its file is deleted
        └──stop, no right─┴──▶ stopped | refused | broke off

A small one is handed over at once, and on record when it is whole. What is on record stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.access.shown import may_see
from lib.claims import Work, WorkQuerySet

KEPT = timedelta(days=1)  # a file is full of customers' words, and nobody's archive


class ExportQuerySet(WorkQuerySet["Export"]):
    def asked_by(self, person: AbstractBaseUser | AnonymousUser) -> ExportQuerySet:
        return self.filter(by=person.pk)

    def unfinished(self) -> ExportQuerySet:
        """Exports that a worker has yet to write, or is writing."""
        return self.filter(state__in=Export.UNFINISHED)

    def set_aside(self) -> ExportQuerySet:
        """Exports tried too often: something in them stops the worker."""
        return self.unfinished().tried_too_often()

    def past_their_day(self, now: datetime) -> ExportQuerySet:
        """Exports whose file has been kept long enough."""
        return self.filter(state=Export.State.DONE, ended_at__lte=now - KEPT)

    def claim(self, now: datetime) -> Export | None:
        """Lease the one of which the least is written: small ones do not wait for large ones."""
        waiting = self.unfinished().worth_trying().order_by("attempts", "done", "pk")
        leased = self.lease(waiting, now, 1)
        return leased[0] if leased else None


class Export(Work):
    """A table of feedback, for the one person who asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a worker")
        RUNNING = "running", _("being written")
        DONE = "done", _("complete")
        STOPPED = "stopped", _("stopped")
        REFUSED = "refused", _("no longer allowed")
        FAILED = "failed", _("broke off")

    UNFINISHED = [State.WAITING, State.RUNNING]

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by")
    )
    items = models.PositiveIntegerField(_("items"))  # that were chosen
    masked = models.BooleanField(_("personal data masked"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DONE, editable=False
    )
    # In which the table is written: that of whoever asked.
    language = models.CharField(
        max_length=2, choices=languages.CHOICES, default=languages.DEFAULT, editable=False
    )
    done = models.PositiveIntegerField(default=0, editable=False)  # items gone through
    gone = models.PositiveIntegerField(default=0, editable=False)  # of them, deleted meanwhile
    # Bytes of the file so far; None of what was handed over at once.
    size = models.PositiveBigIntegerField(null=True, editable=False)
    begun_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-at", "-pk"]
        permissions = [("export_unmasked", _("Can export words with the personal data in them"))]
        constraints = [
            models.UniqueConstraint(
                "by",
                name="write_one_export_a_person_at_a_time",
                condition=Q(state__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.items} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in Export.UNFINISHED

    @property
    def is_set_aside(self) -> bool:
        return self.is_unfinished and self.was_tried_too_often

    @property
    def is_done(self) -> bool:
        return self.state == Export.State.DONE

    @property
    def was_handed_over_at_once(self) -> bool:
        return self.is_done and self.size is None

    @property
    def lines(self) -> int:
        """The number of items in the table, the whole table once it is complete."""
        return (self.items if self.is_done else self.done) - self.gone

    @property
    def kept_until(self) -> datetime | None:
        """When the file is deleted; None where there is none."""
        has_file = self.is_done and self.size is not None and self.ended_at
        return self.ended_at + KEPT if has_file and self.ended_at else None

    def is_kept(self, now: datetime) -> bool:
        return self.kept_until is not None and now < self.kept_until

    def may_be_taken_by(self, person: AbstractBaseUser | AnonymousUser | None) -> bool:
        """Whether it is theirs, and they still have the rights that it takes."""
        if person is None or person.pk is None or person.pk != self.by_id:
            return False
        unmasked = self.masked or person.has_perm("voc.export_unmasked")  # type: ignore[union-attr]
        return unmasked and may_see(person, "voc.feedback")


class ExportPart(models.Model):
    """A part of an export: the ids of the items that were chosen, then the lines written of them.

    In the database, so that a worker on any machine can write them and any web server read them.
    """

    of = models.ForeignKey(Export, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    ids = models.JSONField(default=list)  # in the order of the list; empty once it is written
    content = models.BinaryField(null=True)  # compressed by zlib

    class Meta:
        ordering = ["of", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("of", "number", name="keep_each_part_of_an_export_once")
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.number}"
