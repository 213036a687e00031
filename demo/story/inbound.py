"""What reaches the made-up company besides answers: by its form, in reviews, on the phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from demo.story.ask import FIRST_DAY
from demo.story.calendar import Calendar
from demo.story.script import Voice, voices
from surveys.models import Customer, Survey
from surveys.questions import kinds
from surveys.responses import submit
from voc.intake.capture import capture
from voc.models import Feedback


class InboundStory:
    def __init__(self, calendar: Calendar, people: list[Customer], chance: Random) -> None:
        self.calendar, self.people, self.chance = calendar, people, chance
        self.to_come: dict[int, list[Voice]] = defaultdict(list)
        for voice in voices():
            self.to_come[voice.days_ago].append(voice)
        self.form = self._form()

    def _form(self) -> Survey:
        form = Survey.objects.create(
            name="ご意見箱",
            slug="voice",
            kind=kinds.FEEDBACK.key,
            created_at=self.calendar.at(FIRST_DAY, hour=9),
        )
        form.complete_wordings()
        return form

    def day(self, days_ago: int) -> Iterator[tuple[Feedback, Voice]]:
        for voice in self.to_come.pop(days_ago, []):
            yield self._hear(voice), voice

    def _hear(self, voice: Voice) -> Feedback:
        at = self.calendar.at(voice.days_ago, hour=self.chance.uniform(8, 21))
        customer = self._somebody(voice)
        if voice.channel == Feedback.Channel.FORM:
            said = submit.say(
                self.form,
                words=voice.text,
                email=customer.email,
                language=voice.language,
                now=at,
            )
            return said.feedback
        return capture(
            text=voice.text,
            channel=voice.channel,
            external_id=f"{voice.channel}-{self.chance.randrange(16**6):06x}",
            customer=customer if voice.is_known else None,
            received_at=at,
        )

    def _somebody(self, voice: Voice) -> Customer:
        return self.chance.choice([c for c in self.people if c.language == voice.language])
