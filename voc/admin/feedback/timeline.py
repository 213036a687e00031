"""The timeline of an item: its activities and notes; and what else the same customer told us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lib.text import one_line
from voc.admin.feedback import columns
from voc.models import Activity, Feedback, Intent, Sentiment, Topic, Urgency

What = Activity.What
OTHERS_SHOWN = 20
CORRECTIONS = (What.SENTIMENT, What.TOPICS, What.SIGNS)
VALUE_NAMES: dict[str, Any] = {
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
    activities = [_event(activity, topics) for activity in item.activities.select_related("by")]
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
        Other(f.received_at, columns.score(f), one_line(f.text), f.pk)
        for f in feedback[:OTHERS_SHOWN]
    ]
    silent = silent.select_related("survey")[:OTHERS_SHOWN]
    found += [Other(response.answered_at, columns.response_score(response)) for response in silent]
    return sorted(found, key=lambda other: other.at, reverse=True)[:OTHERS_SHOWN]


def _event(activity: Activity, topics: dict[str, str]) -> Event:
    names = topics if activity.what == What.TOPICS else VALUE_NAMES
    before, after = _named(activity.before, names), _named(activity.after, names)
    if activity.what in CORRECTIONS:
        return Event(
            activity.at,
            activity.by,
            activity.get_what_display(),
            f"{before or '–'} → {after or '–'}",
        )
    detail = after if activity.what == What.ASSIGN else ""
    return Event(
        activity.at, activity.by, activity.get_what_display(), detail, words=activity.reason
    )


def _named(keys: str, names: dict[str, Any]) -> str:
    """The names of stored values: `price:negative, staff` as “Price −, Staff”."""
    return ", ".join(_one_named(key, names) for key in keys.split(", ") if key)


def _one_named(key: str, names: dict[str, Any]) -> str:
    topic, _colon, feeling = key.partition(":")
    sign = columns.SIGNS.get(feeling, "")
    return f"{names.get(topic, topic)} {sign}".strip()
