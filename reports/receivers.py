"""Receivers of signals of lower rooms: what they are told about fixes. Connected in apps.py."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import ngettext

from reports.models import Fix
from surveys.models import Response
from surveys.signals import good_news_wanted
from voc.models import Topic
from voc.signals import merge_foreseen, topics_merged

LATEST_FIXES = 3


@receiver(good_news_wanted, sender=Response)
def tell_good_news(*, language: str, **kwargs: Any) -> list[str]:
    """The latest public fixes, in words."""
    return [fix.we_did_to_all(language) for fix in Fix.objects.public()[:LATEST_FIXES]]


@receiver(merge_foreseen, sender=Topic)
def tell_fixes_that_go_along(*, topic: Topic, **kwargs: Any) -> list[str]:
    n = Fix.objects.on(topic).count()
    return [ngettext("%(n)d fix", "%(n)d fixes", n) % {"n": n}] if n else []


@receiver(topics_merged, sender=Topic)
def let_fixes_go_along(*, topic: Topic, into: Topic, **kwargs: Any) -> None:
    for fix in Fix.objects.on(topic):
        fix.topics.add(into)
        fix.topics.remove(topic)
