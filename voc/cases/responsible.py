"""Who gets a case: whom its rule names, of those who are there and read the customer's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.contrib.auth.models import User
from django.db.models import Count

from voc.cases.forms import staff
from voc.models import Absence, Case, CaseActivity, CaseRule, Colleague

Why, Gives = CaseActivity.Why, CaseRule.Gives


@dataclass(frozen=True)
class Chosen:
    """Somebody, or nobody and why."""

    person: User | None
    why: str = ""


@dataclass(frozen=True)
class Roster:
    """The people who work here today, as they were when it was made; it keeps count of what it
    gives."""

    people: dict[int, User]
    away: set[int]
    colleagues: dict[int, Colleague]
    load: dict[int, int]

    @classmethod
    def of(cls, day: date) -> Self:
        people = {person.pk: person for person in staff()}
        open_cases = Case.objects.not_closed().exclude(owner=None).order_by()
        counted = open_cases.values_list("owner").annotate(n=Count("pk"))
        return cls(
            people,
            set(Absence.objects.on(day).values_list("person", flat=True)),
            {each.user_id: each for each in Colleague.objects.all()},
            {owner: n for owner, n in counted if owner is not None},
        )

    def choose(self, rule: CaseRule, *, attributes: dict[str, Any], language: str) -> Chosen:
        """Who gets the next case of the rule. Its turn goes on; whoever asks saves the rule."""
        if rule.gives == Gives.NOBODY:
            return Chosen(None, Why.NOBODY_CHOSEN)
        named = self._named(rule, attributes)
        if not named and rule.gives == Gives.ACCOUNT_OWNER:
            return Chosen(None, Why.UNKNOWN_OWNER)
        there = [person for person in named if person.pk not in self.away]
        readers = [each for each in there if self._reads(each, language) or not rule.only_readers]
        if not readers:
            return Chosen(None, Why.NOBODY_READS if there else Why.NOBODY_THERE)
        person = self._next(rule, readers)
        self.load[person.pk] = self.load.get(person.pk, 0) + 1
        return Chosen(person)

    def for_case(self, case: Case) -> Chosen:
        """Who gets a case that there is already, by its rule."""
        if case.rule is None:
            return Chosen(None)
        attributes = case.customer.attributes if case.customer else {}
        language = case.response.language if case.response else case.language_of_its_words
        return self.choose(case.rule, attributes=attributes, language=language)

    def _named(self, rule: CaseRule, attributes: dict[str, Any]) -> list[User]:
        """Whom the rule names, of those who still work here, in one order for all."""
        if rule.gives == Gives.ACCOUNT_OWNER:
            return self._called(attributes.get(rule.owner_attribute))
        chosen = sorted(person.pk for person in rule.people.all())
        return [self.people[pk] for pk in chosen if pk in self.people]

    def _called(self, name: Any) -> list[User]:
        """Whoever has this user name or mail address, however it is written."""
        wanted = str(name or "").strip().casefold()
        found = (
            each
            for each in self.people.values()
            if wanted and wanted in (each.get_username().casefold(), each.email.casefold())
        )
        return [person for person in [next(found, None)] if person]

    def _reads(self, person: User, language: str) -> bool:
        colleague = self.colleagues.get(person.pk)
        return colleague is None or colleague.understands(language)

    def _next(self, rule: CaseRule, people: list[User]) -> User:
        if rule.gives == Gives.BY_LOAD:
            return min(people, key=lambda each: (self.load.get(each.pk, 0), each.pk))
        last = rule.last_given_id or 0
        person = next((each for each in people if each.pk > last), people[0])
        rule.last_given = person
        return person
