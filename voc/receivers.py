"""Receivers of signals: what voc writes when surveys announces something, and rows only."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from lib.database.together import Step, insert
from lib.storable import storable
from surveys.models import Response
from surveys.signals import address_confirmed, response_received
from voc.intake import following
from voc.models import Case, CaseRule, Consideration, Feedback, Topic
from voc.signals import feedback_analyzed, topics_merged


@receiver(response_received)
def keep_the_words(response: Response, **_rest: Any) -> list[Step]:
    """Feedback of the comment, to be written with it. What its customer empties later was said."""
    if not response.comment:
        return []
    words = {
        "text": storable(response.comment),
        "channel": _channel(response),
        "received_at": response.answered_at,
        "customer_id": response.customer_id,
    }
    return following.steps(words, response)


@receiver(response_received)
def have_the_score_considered(response: Response, **_rest: Any) -> list[Step]:
    """A score without words is considered by the rules; one with words when they are analyzed."""
    if response.comment or response.score is None:
        return []
    return [insert("consideration", Consideration, {}, after="answer", key="response_id")]


@receiver(feedback_analyzed)
def have_the_words_considered(ids: list[int], **_rest: Any) -> None:
    Consideration.objects.add_words(ids)


@receiver(topics_merged)
def have_rules_speak_of_it(topic: Topic, into: Topic, **_rest: Any) -> None:
    CaseRule.objects.filter(topic=topic).update(topic=into)


@receiver(address_confirmed)
def know_whose_words_they_are(response: Response, **_rest: Any) -> None:
    Feedback.objects.from_responses([response.pk]).update(customer=response.customer)
    Case.objects.about([response.pk]).update(customer=response.customer)


def _channel(response: Response) -> Feedback.Channel:
    """The channel: the form where anybody may write, else the answer to a question."""
    on_a_form = response.survey.has_a_public_page
    return Feedback.Channel.FORM if on_a_form else Feedback.Channel.SURVEY
