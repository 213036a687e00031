"""The rate limit of public forms: slows down whoever posts far more than a person would."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings

from surveys.models import RateLimitHit

WINDOW = timedelta(hours=1)


def is_too_often(form: str, address: str, now: datetime, *, most: int | None = None) -> bool:
    """Count this post, and say whether this address has posted too often within the hour.

    Every post is a row that is only ever added, so parallel posts cannot slip past a counter. The
    address itself is not kept, only a keyed digest of it.
    """
    RateLimitHit.objects.create(form=form, client=_digest(address), at=now)
    lately = RateLimitHit.objects.filter(form=form, client=_digest(address), at__gt=now - WINDOW)
    return lately.count() > (most or int(settings.FORM_POSTS_PER_HOUR))


def _digest(address: str) -> str:
    return blake2b(
        address.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16
    ).hexdigest()
