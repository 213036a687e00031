"""Reviews and support notes of the past months, taken in all at once from where they were left."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from demo.story import script
from demo.story.calendar import Calendar
from demo.story.script import Check, Voice
from surveys.models import Customer
from voc.intake import capture
from voc.intake.capture import Incoming
from voc.models import Feedback

Checks = dict[int, Check]  # by the id of what is checked


def take_in(calendar: Calendar, people: list[Customer], chance: Random) -> Checks:
    """Gives what the desk will say of those that it checks."""
    voices = {f"{n:05}": voice for n, voice in enumerate(script.reviews(), start=1)}
    for channel in sorted({voice.channel for voice in voices.values()}):
        these = {key: voice for key, voice in voices.items() if voice.channel == channel}
        list(capture.capture_all(_incoming(these, calendar, people, chance), channel=channel))
    checks = {key: voice.check for key, voice in voices.items() if voice.check}
    rows = Feedback.objects.filter(external_id__in=checks).order_by("pk")
    return {row.pk: checks[str(row.external_id)] for row in rows}


def _incoming(
    voices: dict[str, Voice], calendar: Calendar, people: list[Customer], chance: Random
) -> Iterator[Incoming]:
    for key, voice in voices.items():
        somebody = chance.choice([each for each in people if each.language == voice.language])
        yield Incoming(
            text=voice.text,
            received_at=calendar.at(voice.days_ago, hour=chance.uniform(8, 21)),
            external_id=key,
            customer=somebody if voice.is_known else None,
        )
