"""What stands above the form of a customer: what was said and done, and the scores over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest

from lib.admin_base import person_at
from lib.desk.definitions import definition_list
from lib.desk.history import Event
from surveys.admin import what_happened
from surveys.admin.beside_customers import told_by_other_rooms
from surveys.models import Customer, Response
from surveys.questions import bands

SCORES_SHOWN = 12


@dataclass(frozen=True)
class Score:
    at: datetime
    survey: str
    score: str
    band: str


def customer_page(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The context of the page."""
    viewer = person_at(request)
    return {
        "customer": customer,
        "known_of_them": definition_list(customer.attributes) if customer.attributes else "",
        "scores": _scores(customer) if viewer.has_perm("surveys.view_response") else [],
        "timeline": timeline(customer, viewer),
        "may_stop_mail": customer.unsubscribed_at is None
        and viewer.has_perm("surveys.change_customer"),
    }


def timeline(customer: Customer, viewer: User) -> list[Event]:
    """What this room and the others tell, the newest first."""
    told = [
        *what_happened.to_customer(customer, viewer),
        *told_by_other_rooms(customer, viewer),
    ]
    return sorted(told, key=lambda event: event.at, reverse=True)


def _scores(customer: Customer) -> list[Score]:
    """The newest scores, in the order of time."""
    scored = customer.responses.counted().with_a_score().select_related("survey")
    newest = list(scored.order_by("-answered_at", "-pk")[:SCORES_SHOWN])
    return [
        Score(
            response.answered_at,
            str(response.survey),
            _in_words(response),
            response.band or "",
        )
        for response in reversed(newest)
    ]


def _in_words(response: Response) -> str:
    """The score, and the word for its band: colour says nothing alone."""
    score = response.survey.its_kind.written(response.score or 0)
    return f"{score} · {bands.NAMES[response.band]}" if response.band else score
