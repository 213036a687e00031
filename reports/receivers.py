"""What reports answers when surveys asks. Connected in apps.py."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from reports.models import Fix
from surveys.models import Response
from surveys.signals import good_news_wanted

LATEST = 3


@receiver(good_news_wanted, sender=Response)
def tell_good_news(*, language: str, **kwargs: Any) -> list[str]:
    """What was lately done because others spoke."""
    return [fix.we_did(language) for fix in Fix.objects.public()[:LATEST]]
