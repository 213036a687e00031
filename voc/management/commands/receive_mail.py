"""manage.py receive_mail < mail: receive one mail, as mail servers hand them to a program."""

from __future__ import annotations

import sys
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from voc.replies.incoming.parse import MEGABYTE
from voc.replies.receive import receive


class Command(BaseCommand):
    help = (
        "Receive one mail from standard input: it joins the case that it answers, and its words "
        "become feedback. The same mail twice comes in once. For a line in /etc/aliases, a "
        "transport of Postfix, or a script that fetches mail."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        mail = receive(_read(sys.stdin.buffer), timezone.now())
        self.stdout.write(
            _("%(kind)s, from %(sender)s: %(case)s")
            % {
                "kind": mail.get_kind_display(),
                "sender": mail.from_address or "?",
                "case": mail.case or _("belongs to no case"),
            }
        )


def _read(stream: BinaryIO) -> bytes:
    """All of it, or somewhat more than is read of a mail: then it is known to be too large."""
    return stream.read(settings.INCOMING_MAIL_MB * MEGABYTE + 1)
