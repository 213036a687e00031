"""The calendar of the story: days counted back from now, and the hours in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Calendar:
    now: datetime

    def at(self, days_ago: int, *, hour: float) -> datetime:
        """The moment at an hour of a day, in local time; never later than a few minutes ago."""
        today = timezone.localtime(self.now).replace(hour=0, minute=0, second=0, microsecond=0)
        moment = today - timedelta(days=days_ago) + timedelta(hours=hour)
        return min(moment, self.now - timedelta(minutes=5 + hour))
