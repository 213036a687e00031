"""Mails that a mail service hands over by a webhook; django-anymail knows each service's way.

Only the service that INBOUND_MAIL names has an address, and who calls it has to know the secret.
"""

from __future__ import annotations

from typing import Any

from anymail import urls
from anymail.signals import inbound
from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone

from voc.replies.receive import receive

urlpatterns = [
    each for each in urls.urlpatterns if each.name == f"{settings.INBOUND_MAIL}_inbound_webhook"
]


@receiver(inbound)
def hand_on(sender: Any, event: Any, **_more: Any) -> None:
    """Receive it before the service is told so: what fails here is handed over once more.

    Services take a mail to pieces, and it is put together otherwise each time: one without a
    Message-ID is known again by what the service calls it.
    """
    mail = event.message
    if "Message-ID" not in mail and event.event_id:
        mail["Message-ID"] = f"<{event.event_id}@{settings.INBOUND_MAIL}>"
    receive(mail.as_bytes(), timezone.now())
