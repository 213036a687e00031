"""manage.py send_due"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from surveys import sending


class Command(BaseCommand):
    help = (
        "Send the invitations that are due, here and now, without a worker or a broker. Safe to "
        "run beside them: each mail still goes at most once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        settled = sending.send_due_invitations()
        self.stdout.write(_("%(n)d invitations were dealt with.") % {"n": settled})
