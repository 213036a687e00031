"""Import the reviews and support notes of the past months, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from demo.story import script
from demo.story.calendar import Calendar
from demo.story.script import Check, InboundItem
from surveys.models import Customer
from voc.intake import capture
from voc.intake.incoming import Incoming
from voc.models import Feedback

Checks = dict[int, Check]  # by the id of the feedback


def import_reviews(calendar: Calendar, people: list[Customer], chance: Random) -> Checks:
    """Capture the reviews; return what staff will say of those that they check."""
    items = {f"{n:05}": item for n, item in enumerate(script.reviews(), start=1)}
    for channel in sorted({item.channel for item in items.values()}):
        of_channel = {key: item for key, item in items.items() if item.channel == channel}
        list(capture.capture_all(_incoming(of_channel, calendar, people, chance), channel=channel))
    checks = {key: item.check for key, item in items.items() if item.check}
    rows = Feedback.objects.filter(external_id__in=checks).order_by("pk")
    return {row.pk: checks[str(row.external_id)] for row in rows}


def _incoming(
    items: dict[str, InboundItem], calendar: Calendar, people: list[Customer], chance: Random
) -> Iterator[Incoming]:
    for key, item in items.items():
        customer = chance.choice([one for one in people if one.language == item.language])
        yield Incoming(
            text=item.text,
            received_at=calendar.at(item.days_ago, hour=chance.uniform(8, 21)),
            external_id=key,
            customer_id=customer.pk if item.is_known else None,
        )
