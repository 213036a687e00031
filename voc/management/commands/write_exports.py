"""manage.py write_exports"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from voc.exports import work_off


class Command(BaseCommand):
    help = "Write the exports that were asked for at the desk, here and now."

    def handle(self, *args: Any, **options: Any) -> None:
        lines = 0
        while (written := work_off.write_next(timezone.now)) is not None:
            lines += written
        told = ngettext("%(n)d line was written.", "%(n)d lines were written.", lines)
        self.stdout.write(told % {"n": lines})
