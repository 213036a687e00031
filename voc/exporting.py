"""Take what customers said with you: a table of one line an item, however many there are."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext

from voc.masking import masked as without_personal_data
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

BATCH = 500
BOM = "\ufeff"  # Excel takes a file without it for Shift_JIS
# A spreadsheet runs what begins like this; a customer may have meant harm, or only a list.
FORMULA = re.compile(r"[\s'\"]*[=+\-@＝＋－＠]|[\t\r]")

Labels = dict[str | None, str]


def export(items: FeedbackQuerySet, *, masked: bool, by: User, now: datetime) -> Iterator[str]:
    """Write down who takes how many with them; give the lines of the table, one by one.

    Everything is looked up now that depends on the language: lines are read after the request.
    """
    Export.objects.create(by=by, items=items.count(), masked=masked, at=now)
    return _lines(_headers(), _with_what_is_shown(items), _writer_of_cells(masked))


def _with_what_is_shown(items: FeedbackQuerySet) -> Iterator[Feedback]:
    """A batch at a time: neither the words nor their tags are ever all in memory."""
    tags = Prefetch("tags", Tag.objects.order_by("start", "pk"))
    plain = items.select_related(None).prefetch_related(None)
    return plain.select_related("response", "owner").prefetch_related(tags).iterator(BATCH)


def _lines(
    headers: list[str], items: Iterator[Feedback], cells: Callable[[Feedback], list[Any]]
) -> Iterator[str]:
    row = csv.writer(_Passing()).writerow
    yield BOM + row(headers)
    for item in items:
        yield row(cells(item))


class _Passing:
    """A file for csv.writer that keeps nothing: what is written is what writerow returns."""

    def write(self, line: str) -> str:
        return line


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
            harmless("; ".join(topics[tag.topic_id] for tag in item.tags.all())),
            statuses[item.status],
            harmless(str(item.owner or "")),
            harmless(without_personal_data(item.text) if masked else item.text),
        ]

    return cells


def _labels(choices: Any) -> Labels:
    return {value: str(label) for value, label in choices.choices}


def harmless(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell
