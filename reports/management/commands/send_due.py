"""manage.py send_due: send due invitations and notices without a worker."""

from __future__ import annotations

from math import inf
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.fixes import notify
from surveys.invitations import send


class Command(BaseCommand):
    help = (
        "Send the invitations and notices that are due, here and now, without a worker or a "
        "broker. Safe to run beside them: each mail still goes at most once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        invitations = send.send_due_invitations(seconds=inf)
        notices = notify.send_due_notices(seconds=inf)
        self.stdout.write(
            _("%(invitations)d invitations and %(notices)d notices were dealt with.")
            % {"invitations": invitations, "notices": notices}
        )
