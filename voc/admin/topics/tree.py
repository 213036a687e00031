"""The tree of all topics on one page, with how much feedback each has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lib.rounding import percent
from voc.models import PhraseChange, Tag, Topic


@dataclass(frozen=True)
class TopicRow:
    """A line of the tree. `items` counts feedback, with topics below; `bar` is its percent of the
    most."""

    topic: Topic
    items: int
    bar: int
    draft: PhraseChange | None

    @property
    def phrases(self) -> int:
        return sum(map(len, self.topic.phrases.values()))


def topic_rows() -> list[TopicRow]:
    counts = Tag.objects.count_by_topic()
    drafts = {
        phrase_change.topic_id: phrase_change for phrase_change in PhraseChange.objects.open()
    }
    topics = Topic.objects.as_a_tree().select_related("merged_into", "parent")
    most = max([counts.get(topic.pk, 0) for topic in topics if not topic.archived], default=0)
    return list(_rows(list(topics), counts, drafts, most or 1))


def _rows(
    topics: list[Topic], counts: dict[int, int], drafts: dict[int, PhraseChange], most: int
) -> Iterator[TopicRow]:
    for topic in topics:
        n = counts.get(topic.pk, 0)
        yield TopicRow(topic, n, percent(n, most), drafts.get(topic.pk))
