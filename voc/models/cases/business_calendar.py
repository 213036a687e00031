"""The company's calendar: its hours of work, the holidays it keeps, and days of its own."""

from __future__ import annotations

from datetime import time
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

WORKING_DAYS = range(5)  # Monday to Friday
OPENS, CLOSES = time(9), time(18)


def is_a_time_zone(name: str) -> None:
    """Validate the name of a time zone. Raises ValidationError."""
    if name not in available_timezones():
        message = _("“%(name)s” is no time zone. Write one as Asia/Tokyo or Europe/Berlin.")
        raise ValidationError(message, params={"name": name})


class BusinessCalendar(models.Model):
    """The calendar by which cases become due: one row."""

    class Holidays(models.TextChoices):
        JAPAN = "JP", _("holidays of Japan")

    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Asia/Tokyo", validators=[is_a_time_zone]
    )
    holidays = models.CharField(
        _("holidays"),
        max_length=2,
        blank=True,
        choices=Holidays,
        default=Holidays.JAPAN,
        help_text=_("Days on which nobody works, by the law of the country."),
    )

    class Meta:
        verbose_name = _("business hours")
        verbose_name_plural = _("business hours")

    def __str__(self) -> str:
        return str(_("business hours"))

    @classmethod
    def current(cls) -> Self:
        """The company's calendar; as a new site has it where there is none."""
        found = cls.objects.prefetch_related("hours", "closed_days").order_by("pk").first()
        return found or cls.begin()

    @classmethod
    def begin(cls) -> Self:
        made = cls.objects.create()
        BusinessHours.objects.bulk_create(
            BusinessHours(calendar=made, weekday=day, opens=OPENS, closes=CLOSES)
            for day in WORKING_DAYS
        )
        return made

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class BusinessHours(models.Model):
    """A stretch of a weekday in which somebody is there; a day may have several."""

    calendar = models.ForeignKey(BusinessCalendar, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"), help_text=_("00:00 is the end of the day."))

    class Meta:
        verbose_name = _("hours of a weekday")
        verbose_name_plural = _("hours of weekdays")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint("calendar", "weekday", "opens", name="open_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self) -> None:
        opens, closes = self.opens, self.closes
        if opens and closes is not None and closes != time() and closes <= opens:
            raise ValidationError(
                {"closes": _("This ends before it begins. Please write the later time here.")}
            )


class ClosedDay(models.Model):
    """A day on which this company is closed, and others may not be."""

    calendar = models.ForeignKey(BusinessCalendar, models.CASCADE, related_name="closed_days")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["day"]
        constraints = [models.UniqueConstraint("calendar", "day", name="close_a_day_once")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}".strip()
