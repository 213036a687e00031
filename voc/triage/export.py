"""Exports feedback as a CSV table of one line an item, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext

from lib.tables import write
from voc.models import (
    Export,
    Feedback,
    FeedbackQuerySet,
    Intent,
    Sentiment,
    Tag,
    Topic,
    Urgency,
)
from voc.privacy.masking import masked as without_personal_data

FEEDBACK_PER_FETCH = 500

Labels = dict[str | None, str]


def export(items: FeedbackQuerySet, *, masked: bool, by: User, now: datetime) -> Iterator[str]:
    """Log the export, then give the lines of the table one by one.

    Everything that depends on the language is looked up now: lines are read after the request.
    """
    Export.objects.create(by=by, items=items.count(), masked=masked, at=now)
    return write.lines(_headers(), map(_writer_of_cells(masked), _with_what_is_shown(items)))


def _with_what_is_shown(items: FeedbackQuerySet) -> Iterator[Feedback]:
    """Load items a batch at a time: neither the words nor their tags are ever all in memory."""
    tags = Prefetch("tags", Tag.objects.order_by("start", "pk"))
    plain = items.select_related(None).prefetch_related(None)
    shown = plain.select_related("response", "owner").prefetch_related(tags)
    return shown.iterator(FEEDBACK_PER_FETCH)


def _headers() -> list[str]:
    return [
        gettext("received"),
        gettext("channel"),
        gettext("score"),
        gettext("language"),
        gettext("sentiment"),
        gettext("intent"),
        gettext("urgency"),
        gettext("topics"),
        gettext("status"),
        gettext("owner"),
        gettext("what they said"),
    ]


def _writer_of_cells(masked: bool) -> Callable[[Feedback], list[Any]]:
    channels, sentiments, intents, urgencies, statuses = map(
        _labels, (Feedback.Channel, Sentiment, Intent, Urgency, Feedback.Status)
    )
    topics = {topic.pk: str(topic) for topic in Topic.objects.all()}

    def cells(item: Feedback) -> list[Any]:
        return [
            f"{timezone.localtime(item.received_at):%Y-%m-%d %H:%M}",
            channels[item.channel],
            item.score,
            item.language,
            sentiments.get(item.sentiment, ""),
            intents.get(item.intent, ""),
            urgencies.get(item.urgency, ""),
            write.harmless("; ".join(topics[tag.topic_id] for tag in item.tags.all())),
            statuses[item.status],
            write.harmless(str(item.owner or "")),
            write.harmless(without_personal_data(item.text) if masked else item.text),
        ]

    return cells


def _labels(choices: Any) -> Labels:
    return {value: str(label) for value, label in choices.choices}
