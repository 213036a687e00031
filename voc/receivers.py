"""Receivers of signals: what voc writes when surveys announces something, and rows only."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from surveys.models import Response
from surveys.questions import kinds
from surveys.signals import response_received
from voc.intake.capture import capture
from voc.models import Feedback

# By kind of survey; words from any other kind came in answer to a question.
CHANNELS = {kinds.FEEDBACK.key: Feedback.Channel.FORM}


@receiver(response_received)
def keep_the_words(response: Response, **_rest: Any) -> None:
    """Capture the comment. One that its customer empties later has still been said."""
    if response.comment:
        capture(
            text=response.comment,
            channel=CHANNELS.get(response.survey.kind, Feedback.Channel.SURVEY),
            received_at=response.answered_at,
            customer=response.customer,
            response=response,
        )
