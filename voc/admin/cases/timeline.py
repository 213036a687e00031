"""What has happened with a case: its steps and its notes as one story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext

from lib.desk import history
from voc.admin.feedback.timeline import Event
from voc.models import Case, CaseActivity

What = CaseActivity.What
OF_PEOPLE = (What.OPEN, What.ASSIGN, What.ESCALATE)
REASONS: dict[str, Any] = dict(CaseActivity.Why.choices)
BECAUSE: dict[str, Any] = dict(Case.Because.choices)


def timeline(case: Case) -> list[Event]:
    """Steps and notes, the oldest first."""
    found = list(case.activities.select_related("by"))
    people = people_called(each.after for each in found if each.what in OF_PEOPLE)
    events = [_event(each, people, case) for each in found]
    noted = gettext("noted")
    events += [
        Event(note.at, note.by, noted, words=note.text) for note in case.notes.select_related("by")
    ]
    return sorted(events, key=lambda event: event.at)


def history_of(case: Case) -> Iterator[history.Event]:
    """The same, for the page of the case's history."""
    for event in timeline(case):
        yield history.Event(event.at, event.what, event.who or history.BY_ITSELF, event.words)


def _event(step: CaseActivity, people: dict[str, str], case: Case) -> Event:
    words = str(REASONS.get(step.reason, step.reason))
    if step.what == What.OPEN and step.by is None and case.rule:
        by_rule = gettext("by the rule “%(rule)s”") % {"rule": case.rule}
        words = "\n".join(filter(None, [by_rule, words]))
    what, detail = step.get_what_display(), _detail(step, people)
    if detail:
        what = gettext("%(what)s: %(detail)s") % {"what": what, "detail": detail}
    return Event(step.at, step.by, what, words=words)


def _detail(step: CaseActivity, people: dict[str, str]) -> str:
    """What it was changed to, in words."""
    if step.what == What.OPEN:
        owner = people.get(step.after, step.after)
        return gettext("owner: %(name)s") % {"name": owner} if owner else ""
    if step.what in OF_PEOPLE:
        return people.get(step.after, step.after) or gettext("nobody")
    if step.what == What.CLOSE:
        return str(BECAUSE.get(step.after, step.after))
    if step.what == What.MERGE:
        return f"#{step.after}"
    return _when(step.after) if step.what == What.DUE else ""


def _when(written: str) -> str:
    moment: datetime | None = parse_datetime(written) if written else None
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else "–"


def people_called(usernames: Iterable[str]) -> dict[str, str]:
    """The names of people by their login names, which steps keep."""
    wanted = set(filter(None, usernames))
    staff = User.objects.filter(username__in=wanted) if wanted else []
    return {person.get_username(): str(person) for person in staff}
