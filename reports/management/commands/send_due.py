"""manage.py send_due: send due invitations, confirmations, replies and notices without a worker."""

from __future__ import annotations

from math import inf
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from reports.fixes import notify
from surveys.invitations import send
from surveys.responses import send_confirmations
from voc.replies.send import send_due_replies


class Command(BaseCommand):
    help = (
        "Send the invitations, the mails that ask whether an address is right, the replies and "
        "the notices that are due, here and now, without a worker or a broker. Safe to run beside "
        "them: each mail still goes at most once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        invitations = send.send_due_invitations(seconds=inf)
        confirmations = send_confirmations.send_due_confirmations(seconds=inf)
        replies = send_due_replies(seconds=inf)
        notices = notify.send_due_notices(seconds=inf)
        self.stdout.write(
            _(
                "%(invitations)d invitations, %(confirmations)d requests to confirm an address, "
                "%(replies)d replies and %(notices)d notices were dealt with."
            )
            % {
                "invitations": invitations,
                "confirmations": confirmations,
                "replies": replies,
                "notices": notices,
            }
        )
