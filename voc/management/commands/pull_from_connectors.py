"""manage.py pull_from_connectors"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from voc.connectors import pull


class Command(BaseCommand):
    help = "Fetch from the connectors whose time has come, here and now."

    def handle(self, *args: Any, **options: Any) -> None:
        runs = 0
        while pull.pull_next(timezone.now) is not None:
            runs += 1
        told = ngettext("Fetched %(n)d time.", "Fetched %(n)d times.", runs)
        self.stdout.write(told % {"n": runs})
