"""Work that goes on while somebody looks: how pages of the desk say how far it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import ngettext

REFRESH_SECONDS = 2  # until a page that shows something going on is fetched anew
SLOW_TO_BEGIN = timedelta(minutes=1)  # then perhaps no worker is running


def grouped(n: int) -> str:
    return str(number_format(n, force_grouping=True))


def duration(time: timedelta) -> str:
    """A time in seconds or, from one and a half minutes on, in minutes."""
    seconds = max(1, round(time.total_seconds()))
    if seconds < 90:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def time_left(done: int, total: int, begun_at: datetime, now: datetime) -> str:
    """How long the rest takes, if it goes on as it went so far. Something must be done already."""
    return duration((now - begun_at) * (max(0, total - done) / done))
