"""The lines of an export: one an item, with a few statements however many items there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from lib.tables import write
from voc.models import Feedback, Intent, Sentiment, Tag, Topic, Urgency
from voc.privacy.masking import masked as without_personal_data

# What a line says; read as tuples, since a model's instance costs more than the line.
SHOWN = (
    "pk",
    "received_at",
    "channel",
    "response__score",
    "language",
    "sentiment",
    "intent",
    "urgency",
    "status",
    "owner__username",
    "text",
)

Row = tuple[Any, ...]
Labels = dict[str | None, str]


def header() -> str:
    """The first line, in the language spoken now."""
    return write.first_line(
        [
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
    )


def lines_of(ids: Sequence[int], *, masked: bool) -> Iterator[str]:
    """A line for each item in this order, in the language spoken now; what is gone has none."""
    found = {row[0]: row for row in Feedback.objects.filter(pk__in=ids).values_list(*SHOWN)}
    there = (found[pk] for pk in ids if pk in found)
    return write.further_lines(map(_writer_of_cells(_topics_of(ids), masked), there))


def _topics_of(ids: Sequence[int]) -> dict[int, str]:
    """The names of each item's topics, in the order of the words that show them."""
    tags = Tag.objects.filter(feedback__in=ids).order_by("start", "pk")
    tagged = list(tags.values_list("feedback_id", "topic_id"))
    names = {topic.pk: str(topic) for topic in Topic.objects.all()}
    topics: dict[int, list[str]] = defaultdict(list)
    for item, topic in tagged:
        topics[item].append(names[topic])
    return {item: write.harmless("; ".join(each)) for item, each in topics.items()}


def _writer_of_cells(topics: dict[int, str], masked: bool) -> Callable[[Row], list[Any]]:
    channels, sentiments, intents, urgencies, statuses = map(
        _labels, (Feedback.Channel, Sentiment, Intent, Urgency, Feedback.Status)
    )
    zone = timezone.get_current_timezone()

    def cells(row: Row) -> list[Any]:
        pk, at, channel, score, language, sentiment, intent, urgency, status, owner, text = row
        return [
            f"{at.astimezone(zone):%Y-%m-%d %H:%M}",
            channels[channel],
            score,
            language,
            sentiments.get(sentiment, ""),
            intents.get(intent, ""),
            urgencies.get(urgency, ""),
            topics.get(pk, ""),
            statuses[status],
            write.harmless(owner or ""),
            write.harmless(without_personal_data(text) if masked else text),
        ]

    return cells


def _labels(choices: Any) -> Labels:
    return {value: str(label) for value, label in choices.choices}
