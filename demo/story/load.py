"""Load the whole story into the database, through the same verbs that the app uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.db import transaction

from demo.story import cases, correct, import_reviews
from demo.story.ask import AFTER_FIRST_ORDER, FIRST_DAY, KNOWN_FOR, SurveyStory
from demo.story.calendar import Calendar
from demo.story.customers import Person, crowd
from demo.story.fix import FixStory
from demo.story.inbound import InboundStory
from surveys.invitations.invite import invite
from surveys.models import Customer
from voc.analysis import analyze, detect_themes, train_classifiers

SEED = 12
REGULARS = (120, range(FIRST_DAY + KNOWN_FOR, 900))  # so many, days ago
NEWCOMERS = (48, range(10, FIRST_DAY - AFTER_FIRST_ORDER))
UNSUBSCRIBED = (30, 77, 141)  # these asked not to be written to any more
UNANSWERED = [
    Person("高橋 みなと", "minato.takahashi@example.jp", "ja", 200),
    Person("小川 ひより", "hiyori.ogawa@example.jp", "ja", 170),
    Person("Nora Bennett", "nora.bennett@example.com", "en", 160),
]

Progress = Callable[[str], object]


@transaction.atomic
def load(now: datetime, *, progress: Progress = str) -> None:
    """Load all of it or nothing: half a story would be taken for a whole one at the next start."""
    chance, calendar = Random(SEED), Calendar(now)
    customers = _customers(chance, calendar)
    surveys = SurveyStory(calendar, customers, chance)
    inbound = InboundStory(calendar, list(customers.values()), chance)
    fixes = FixStory(calendar)
    correct.follow_taste()
    for days_ago in range(FIRST_DAY, -1, -1):
        _live(days_ago, surveys, inbound, fixes)
        if days_ago % 30 == 0:
            progress(f"{days_ago} days ago …" if days_ago else "today")
    checks = import_reviews.import_reviews(calendar, list(customers.values()), Random(SEED))
    while analyze.analyze_batch(now):
        progress("reading what customers said …")
    correct.check(checks)
    fixes.tidy_up()
    cases.answer_low_scores(now)
    invite(_make(UNANSWERED, calendar).values(), to=surveys.regular.current_wave(), now=now)
    correct.preview_phrases(calendar.at(1, hour=17))
    progress("learning from what was checked …")
    _work_through_the_night(calendar.at(0, hour=3))


def _work_through_the_night(now: datetime) -> None:
    for _language in train_classifiers.train_all(now):
        continue
    detect_themes.detect_emerging_themes(now)


def _live(days_ago: int, surveys: SurveyStory, inbound: InboundStory, fixes: FixStory) -> None:
    for response, answer in surveys.day(days_ago):
        fixes.request(response.feedback, answer.asks)
    for feedback, item in inbound.day(days_ago):
        fixes.request(feedback, item.asks, item.note)
    fixes.day(days_ago)


def _customers(chance: Random, calendar: Calendar) -> dict[Person, Customer]:
    customers = _make(crowd(chance, REGULARS, NEWCOMERS), calendar)
    for number in UNSUBSCRIBED:
        list(customers.values())[number].unsubscribe(calendar.at(number, hour=19))
    return customers


def _make(people: list[Person], calendar: Calendar) -> dict[Person, Customer]:
    return {
        person: Customer.objects.create(
            name=person.name,
            email=person.email,
            language=person.language,
            created_at=calendar.at(person.since, hour=12),
        )
        for person in people
    }
