"""The rate limit of public forms: slows down whoever posts far more than a person would."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from math import ceil

from django.conf import settings

from surveys.models import RateLimitHit

WINDOW = timedelta(hours=1)


def seconds_to_wait(form: str, client: str, now: datetime, *, most: int | None = None) -> int:
    """Count this post; 0, or how long a client who posted too often within the hour has to wait.

    Every post is a row that is only ever added, so parallel posts cannot slip past a counter. The
    client (`network_of` of lib/http/middleware.py) is not kept, only a keyed digest of it.
    """
    RateLimitHit.objects.create(form=form, client=_digest(client), at=now)
    lately = RateLimitHit.objects.filter(form=form, client=_digest(client), at__gt=now - WINDOW)
    most = most or int(settings.FORM_POSTS_PER_HOUR)
    newest = lately.order_by("-at", "-pk").values_list("at", flat=True)[: most + 1]
    if len(newest) <= most:
        return 0
    return max(1, ceil((newest[max(most - 1, 0)] + WINDOW - now).total_seconds()))


def _digest(client: str) -> str:
    return blake2b(
        client.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16
    ).hexdigest()
