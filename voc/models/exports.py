"""The log of exports: who took customers' words out of the house, when, and how many."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """A table of feedback that somebody downloaded."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by")
    )
    items = models.PositiveIntegerField(_("items"))
    masked = models.BooleanField(_("personal data masked"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-at", "-pk"]
        permissions = [("export_unmasked", _("Can export words with the personal data in them"))]

    def __str__(self) -> str:
        return f"{self.items} {self.at:%Y-%m-%d %H:%M}"
