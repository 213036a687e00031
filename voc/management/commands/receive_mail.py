"""manage.py receive_mail < mail"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from voc.intake import mails


class Command(BaseCommand):
    help = "Take in one mail from standard input, for a pipe of a mail server."

    def handle(self, *args: Any, **options: Any) -> None:
        mails.receive(sys.stdin.buffer.read(), timezone.now())
