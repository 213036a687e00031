from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from voc.analysis import analyze, reanalyze


class Command(BaseCommand):
    help = (
        "Analyze what waits, and analyze again what the desk has begun, here and now; neither a "
        "broker nor a worker is needed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        analyzed = 0
        while taken := _next_batch(timezone.now()):
            analyzed += taken
            self.stdout.write(_("%(n)d items analyzed …") % {"n": analyzed})
        self.stdout.write(_("All analyzed: nothing waits."))


def _next_batch(now: datetime) -> int:
    return analyze.analyze_batch(now) or reanalyze.reanalyze_batch(now)
