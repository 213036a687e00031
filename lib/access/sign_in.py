"""Wrong passwords are counted, before they are hashed, and lock the sign-in for an hour.

django-axes counts them; this says how many are too many. Who guesses tries many passwords for one
account, or one for many accounts, from one place or from everywhere: each has its limit. Where
somebody has signed in before, no stranger elsewhere, and none beside them with other names, locks
them out: there only wrong passwords for that account count.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lib.http import middleware

LOCKED_FOR = timedelta(hours=1)
KNOWN_FOR = timedelta(days=90)
WRONG_FOR_ONE_ACCOUNT_HERE = 5
WRONG_FROM_ONE_CALLER = 20
WRONG_FOR_ONE_ACCOUNT_ANYWHERE = 50

LONGEST_NAME = 150  # characters of a user name

Attempts = QuerySet[AccessAttempt]


class SignInLimits(AxesDatabaseHandler):  # type: ignore[misc]  # it brings no types
    """The handler that django-axes asks; AXES_FAILURE_LIMIT is one limit that is reached."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        return len(_reached(request, credentials))

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **more: Any) -> None:
        """Remember where; and forget what is too old to matter."""
        super().user_logged_in(sender, request, user, **more)
        AccessLog.objects.filter(attempt_time__lt=timezone.now() - KNOWN_FOR).delete()


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The user name as it is kept: whatever is sent, a database can hold it."""
    name = str((credentials or request.POST).get("username") or "")
    return name.replace("\0", "")[:LONGEST_NAME]


def caller(request: HttpRequest) -> str | None:
    """The caller as all limits know them; None where the server sees no address."""
    return middleware.network_of(request) or None


def locked_page(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """429, and when to come back: an hour after the last wrong password that was counted."""
    now = timezone.now()
    last = max((_last(attempts) for attempts in _reached(request, credentials)), default=now)
    seconds = max(1, ceil((last + LOCKED_FOR - now).total_seconds()))
    page = render(request, "429.html", {"minutes": ceil(seconds / 60)}, status=429)
    page["Retry-After"] = str(seconds)
    return page


def _reached(request: HttpRequest, credentials: dict[str, Any] | None) -> list[Attempts]:
    """The wrong passwords of this hour, for each limit that they have reached."""
    name, here = name_tried(request, credentials), caller(request)
    lately = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - LOCKED_FOR)
    limits = [(lately.filter(username=name, ip_address=here), WRONG_FOR_ONE_ACCOUNT_HERE)]
    if not _is_known(name, here):
        limits.append((lately.filter(ip_address=here), WRONG_FROM_ONE_CALLER))
        limits.append((lately.filter(username=name), WRONG_FOR_ONE_ACCOUNT_ANYWHERE))
    return [attempts for attempts, most in limits if _count(attempts) >= most]


def _is_known(name: str, here: str | None) -> bool:
    """They signed in from here in these three months."""
    since = timezone.now() - KNOWN_FOR
    before = AccessLog.objects.filter(username=name, ip_address=here, attempt_time__gte=since)
    return bool(before.exists())


def _count(attempts: Attempts) -> int:
    return attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0


def _last(attempts: Attempts) -> datetime:
    last: datetime = attempts.aggregate(at=Max("attempt_time"))["at"] or timezone.now()
    return last
