"""All topics on one page, as the tree they are, with how many voices each has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voc.models import PhraseChange, Tag, Topic


@dataclass(frozen=True)
class Row:
    """`voices` has those of topics below; `bar` is of the most, in percent."""

    topic: Topic
    voices: int
    bar: int
    draft: PhraseChange | None

    @property
    def phrases(self) -> int:
        return sum(map(len, self.topic.phrases.values()))


def rows() -> list[Row]:
    voices = Tag.objects.voices()
    drafts = {
        phrase_change.topic_id: phrase_change for phrase_change in PhraseChange.objects.open()
    }
    topics = Topic.objects.as_a_tree().select_related("merged_into", "parent")
    most = max([voices.get(topic.pk, 0) for topic in topics if not topic.archived], default=0)
    return list(_rows(list(topics), voices, drafts, most or 1))


def _rows(
    topics: list[Topic], voices: dict[int, int], drafts: dict[int, PhraseChange], most: int
) -> Iterator[Row]:
    for topic in topics:
        n = voices.get(topic.pk, 0)
        yield Row(topic, n, round(100 * n / most), drafts.get(topic.pk))
