"""Receivers of signals: what voc writes when surveys announces something, and rows only."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from surveys.models import Response
from surveys.signals import address_confirmed, response_received
from voc.intake.capture import capture
from voc.models import Feedback


@receiver(response_received)
def keep_the_words(response: Response, **_rest: Any) -> None:
    """Capture the comment. One that its customer empties later has still been said."""
    if response.comment:
        capture(
            text=response.comment,
            channel=_channel(response),
            received_at=response.answered_at,
            customer=response.customer,
            response=response,
        )


@receiver(address_confirmed)
def know_whose_words_they_are(response: Response, **_rest: Any) -> None:
    Feedback.objects.from_responses([response.pk]).update(customer=response.customer)


def _channel(response: Response) -> Feedback.Channel:
    """The channel: the form where anybody may write, else the answer to a question."""
    on_a_form = response.survey.has_a_public_page
    return Feedback.Channel.FORM if on_a_form else Feedback.Channel.SURVEY
