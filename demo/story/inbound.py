"""The story of inbound feedback besides answers: by the form, in reviews, on the phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from demo.story.ask import FIRST_DAY, mark_as_sent
from demo.story.calendar import Calendar
from demo.story.script import InboundItem, inbound_items
from surveys.models import ClaimedAddress, Customer, Survey
from surveys.questions import kinds
from surveys.responses import claim_address, submit
from voc.intake.capture import capture
from voc.models import Feedback

READS_MAIL_AFTER = timedelta(minutes=3)


class InboundStory:
    """The feedback that reaches the made-up company, day by day."""

    def __init__(self, calendar: Calendar, people: list[Customer], chance: Random) -> None:
        self.calendar, self.people, self.chance = calendar, people, chance
        self.to_come: dict[int, list[InboundItem]] = defaultdict(list)
        for item in inbound_items():
            self.to_come[item.days_ago].append(item)
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

    def day(self, days_ago: int) -> Iterator[tuple[Feedback, InboundItem]]:
        for item in self.to_come.pop(days_ago, []):
            yield self._capture(item), item

    def _capture(self, item: InboundItem) -> Feedback:
        at = self.calendar.at(item.days_ago, hour=self.chance.uniform(8, 21))
        customer = self._customer(item)
        if item.channel == Feedback.Channel.FORM:
            return self._write_into_the_form(item, customer, at)
        return capture(
            text=item.text,
            channel=item.channel,
            external_id=f"{item.channel}-{self.chance.randrange(16**6):06x}",
            customer=customer if item.is_known else None,
            received_at=at,
        )

    def _write_into_the_form(self, item: InboundItem, customer: Customer, at: datetime) -> Feedback:
        """Words of the form; their author confirms the address in the mail that asks for it."""
        response = submit.say(
            self.form, words=item.text, email=customer.email, language=item.language, now=at
        )
        mark_as_sent(ClaimedAddress.objects.waiting())
        claim_address.confirm(response.address_claim, now=at + READS_MAIL_AFTER)
        feedback: Feedback = response.feedback
        feedback.refresh_from_db()
        return feedback

    def _customer(self, item: InboundItem) -> Customer:
        return self.chance.choice([c for c in self.people if c.language == item.language])
