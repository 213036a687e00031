"""The story of the surveys: who is invited on which day, and what they answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from django.db.models import F

from demo.story.calendar import Calendar
from demo.story.customers import Person
from demo.story.script import Answer, AnswerPool, answers
from lib.mail.outbox import OutboxMail, OutboxQuerySet
from surveys.invitations.invite import invite
from surveys.models import Customer, Invitation, Response, Survey, Wave
from surveys.responses import submit

FIRST_DAY = 252  # days ago
BETWEEN_WAVES = 91  # days; nobody is asked twice within 90
GROUPS, BETWEEN_GROUPS = 3, 30  # a third of the customers each month
KNOWN_FOR, AFTER_FIRST_ORDER = 30, 7  # days
ANSWER_RATE, COMMENT_RATE = 0.56, 0.5

# How many of each score, 0 to 10, in the beginning and today.
THEN = (2, 1, 2, 3, 4, 11, 8, 18, 18, 12, 9)
TODAY = (1, 0, 1, 1, 2, 6, 6, 17, 21, 22, 18)


class SurveyStory:
    """The made-up company's surveys, invitations and responses, day by day."""

    def __init__(self, calendar: Calendar, people: dict[Person, Customer], chance: Random) -> None:
        self.calendar, self.people, self.chance = calendar, people, chance
        self.pool = AnswerPool(answers(), chance)
        self.to_answer: dict[int, list[Invitation]] = defaultdict(list)
        self.regular = self._survey("いつものおつきあい", "regular", FIRST_DAY)
        self.first_order = self._survey("はじめてのご注文のあと", "first-order", FIRST_DAY)

    def _survey(self, name: str, slug: str, days_ago: int) -> Survey:
        survey = Survey.objects.create(
            name=name, slug=slug, created_at=self.calendar.at(days_ago, hour=9)
        )
        survey.complete_wordings()
        return survey

    def day(self, days_ago: int) -> Iterator[tuple[Response, Answer]]:
        """Invite whoever is due, then submit the answers of the day; yields those with words."""
        if days_ago in _waves():
            self._begin_wave(days_ago)
        self._invite(self._regulars(days_ago), self.regular, days_ago)
        self._invite(self._newcomers(days_ago), self.first_order, days_ago)
        for invitation in self.to_answer.pop(days_ago, []):
            yield from self._answer(invitation, days_ago)

    def _begin_wave(self, days_ago: int) -> None:
        wave = self.regular.begin_wave()
        Wave.objects.filter(pk=wave.pk).update(begun_at=self.calendar.at(days_ago, hour=9))

    def _regulars(self, days_ago: int) -> list[Customer]:
        return [
            customer
            for number, (person, customer) in enumerate(self.people.items())
            if person.since >= days_ago + KNOWN_FOR and days_ago in _asked_on(number)
        ]

    def _newcomers(self, days_ago: int) -> list[Customer]:
        joined = days_ago + AFTER_FIRST_ORDER
        return [customer for person, customer in self.people.items() if person.since == joined]

    def _invite(self, customers: list[Customer], survey: Survey, days_ago: int) -> None:
        if not customers:
            return
        at, wave = self.calendar.at(days_ago, hour=10), survey.current_wave()
        invite(customers, to=wave, now=at)
        asked = Invitation.objects.in_wave(wave).waiting()
        for invitation in asked.order_by("pk"):
            if self.chance.random() < ANSWER_RATE:
                later = min(days_ago, self.chance.choice((0, 0, 0, 1, 1, 2, 3)))
                self.to_answer[days_ago - later].append(invitation)
        mark_as_sent(asked)

    def _answer(self, invitation: Invitation, days_ago: int) -> Iterator[tuple[Response, Answer]]:
        language, answer = invitation.customer.language, None
        if self.chance.random() < COMMENT_RATE:
            answer = self.pool.take(language, days_ago)
        response = submit.answer(
            invitation,
            score=answer.score if answer else self._score(days_ago),
            comment=answer.text if answer else "",
            language=language,
            now=self.calendar.at(days_ago, hour=self.chance.uniform(10.2, 22)),
        )
        if answer:
            yield response, answer

    def _score(self, days_ago: int) -> int:
        past = days_ago / FIRST_DAY
        weights = [
            then * past + today * (1 - past) for then, today in zip(THEN, TODAY, strict=True)
        ]
        return self.chance.choices(range(11), weights)[0]


def mark_as_sent(mails: OutboxQuerySet[OutboxMail]) -> None:
    """Mark mails as sent long ago: delivering them would only fill the mailbox."""
    moment = F("send_after")
    mails.update(attempts=1, handed_at=moment, settled_at=moment, outcome=OutboxMail.Outcome.SENT)


def _waves() -> range:
    return range(FIRST_DAY, 0, -BETWEEN_WAVES)


def _asked_on(number: int) -> set[int]:
    """The days ago on which this customer is due, a wave apart."""
    first = FIRST_DAY - number % GROUPS * BETWEEN_GROUPS - number // GROUPS % 7
    return set(range(first, 0, -BETWEEN_WAVES))
