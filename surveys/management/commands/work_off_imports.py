"""manage.py work_off_imports"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from surveys.imports import work_off


class Command(BaseCommand):
    help = "Work off the imports that were begun at the desk, here and now."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = 0
        while (read := work_off.work_off_next(timezone.now)) is not None:
            rows += read
        told = ngettext("%(n)d row was read.", "%(n)d rows were read.", rows)
        self.stdout.write(told % {"n": rows})
