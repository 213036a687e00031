"""The timeline of an item: its activities and notes; and what else the same customer told us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lib.desk import history
from voc.admin.feedback import columns
from voc.admin.feedback.reading_panel import read_by
from voc.models import Abuse, Activity, Feedback, Intent, Sentiment, Topic, Urgency

What = Activity.What
OTHERS_SHOWN = 20
CORRECTIONS = (What.SENTIMENT, What.TOPICS, What.SIGNS, What.ABUSE)
VALUE_NAMES: dict[str, Any] = {
    **dict(Abuse.choices),
    **dict(Feedback.Status.choices),
    **dict(Sentiment.choices),
    **dict(Intent.choices),
    **dict(Urgency.choices),
}


@dataclass(frozen=True)
class Event:
    """An entry of the timeline: what somebody did, and the words they left about it."""

    at: datetime
    who: User | None
    what: str
    detail: str = ""
    words: str = ""


@dataclass(frozen=True)
class Other:
    """Another answer of the same customer; without words when they gave a score only."""

    at: datetime
    score: SafeString | str
    words: str = ""
    pk: int | None = None


def timeline(item: Feedback) -> list[Event]:
    """Activities and notes as one story, the oldest first."""
    topics = {topic.key: str(topic) for topic in Topic.objects.all()}
    found = list(item.activities.select_related("by"))
    people = _people(activity.after for activity in found if activity.what == What.ASSIGN)
    activities = [_event(activity, topics, people) for activity in found]
    noted, notes = gettext("noted"), item.notes.select_related("by")
    activities += [Event(note.at, note.by, noted, words=note.text) for note in notes]
    return sorted(activities, key=lambda event: event.at)


def others(item: Feedback, *, scores: bool) -> list[Other]:
    """Other feedback of this customer, and `scores` without words, the newest first."""
    if item.customer is None:
        return []
    feedback = item.customer.feedback.with_everything().exclude(pk=item.pk)
    silent = item.customer.responses.counted().with_a_score().filter(feedback=None)
    silent = silent if scores else silent.none()
    found = [
        Other(f.received_at, columns.score(f), columns.in_a_line(f), f.pk)
        for f in feedback[:OTHERS_SHOWN]
    ]
    silent = silent.select_related("survey")[:OTHERS_SHOWN]
    found += [Other(response.answered_at, columns.response_score(response)) for response in silent]
    return sorted(found, key=lambda other: other.at, reverse=True)[:OTHERS_SHOWN]


def history_of(item: Feedback) -> Iterator[history.Event]:
    """The timeline for the page of the item's history, with what Todoku did by itself."""
    channel = gettext("arrived: %(channel)s") % {"channel": item.get_channel_display()}
    yield history.Event(item.received_at, channel, history.BY_ITSELF)
    if item.analyzed_at:
        read = read_by(item.analyzer)
        yield history.Event(item.analyzed_at, gettext("was analyzed"), history.BY_ITSELF, read)
    for event in timeline(item):
        what = f"{event.what} {event.detail}".strip()
        yield history.Event(event.at, what, event.who or history.UNKNOWN, event.words)


def _people(usernames: Iterable[str]) -> dict[str, str]:
    """The names of people by their login names, which activities keep."""
    wanted = set(usernames)
    staff = User.objects.filter(username__in=wanted) if wanted else []
    return {person.get_username(): str(person) for person in staff}


def _event(activity: Activity, topics: dict[str, str], people: dict[str, str]) -> Event:
    by_kind = {What.TOPICS: topics, What.ASSIGN: people}
    names = by_kind.get(What(activity.what), VALUE_NAMES)
    before, after = _named(activity.before, names), _named(activity.after, names)
    if activity.what in CORRECTIONS:
        return Event(
            activity.at,
            activity.by,
            activity.get_what_display(),
            f"{before or '–'} → {after or '–'}",
        )
    detail = (after or gettext("nobody")) if activity.what == What.ASSIGN else ""
    words = gettext("undone") if activity.reason == Activity.UNDONE else activity.reason
    return Event(activity.at, activity.by, activity.get_what_display(), detail, words=words)


def _named(keys: str, names: dict[str, Any]) -> str:
    """The names of stored values: `price:negative, staff` as “Price −, Staff”."""
    return ", ".join(_one_named(key, names) for key in keys.split(", ") if key)


def _one_named(key: str, names: dict[str, Any]) -> str:
    topic, _colon, feeling = key.partition(":")
    sign = columns.SIGNS.get(feeling, "")
    return f"{names.get(topic, topic)} {sign}".strip()
