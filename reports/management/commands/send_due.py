"""manage.py send_due"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports import telling
from surveys import sending


class Command(BaseCommand):
    help = (
        "Send the invitations and notices that are due, here and now, without a worker or a "
        "broker. Safe to run beside them: each mail still goes at most once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        invitations, notices = sending.send_due_invitations(), telling.send_due_notices()
        self.stdout.write(
            _("%(invitations)d invitations and %(notices)d notices were dealt with.")
            % {"invitations": invitations, "notices": notices}
        )
