"""The hierarchy of topics: moves, archives and restores them. Their tags are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from voc import reanalysis
from voc.models import Feedback, Reanalysis, Topic
from voc.topics import phrase_changes
from voc.topics.phrase_changes import NotPossible


@dataclass(frozen=True)
class MovePreview:
    """Counts of feedback: that of the topic to move, and the parent's before and after."""

    moving: int
    before: int
    after: int


def preview_move(topic: Topic, parent: Topic) -> MovePreview:
    above, below = Feedback.objects.with_topic(parent.key), Feedback.objects.with_topic(topic.key)
    return MovePreview(below.count(), above.count(), (above | below).count())


@transaction.atomic
def move_under(topic: Topic, parent: Topic | None) -> None:
    """Put a topic under another, or on its own again. Raises NotPossible."""
    locked = Topic.objects.locked().in_bulk({topic.pk, *([parent.pk] if parent else [])})
    topic, parent = locked[topic.pk], locked[parent.pk] if parent else None
    if parent and (why := topic.why_not_under(parent)):
        raise NotPossible(why)
    topic.parent = parent
    topic.save(update_fields=["parent"])


@transaction.atomic
def archive(topic: Topic, *, now: datetime) -> None:
    """Take a topic out of use. What belongs to it stands on its own from now on."""
    topic = Topic.objects.locked().get(pk=topic.pk)
    for phrase_change in topic.phrase_changes.open():
        phrase_changes.withdraw(phrase_change, now=now)
    topic.children.update(parent=None)
    topic.parent, topic.archived = None, True
    topic.save(update_fields=["parent", "archived"])


@transaction.atomic
def restore(topic: Topic, *, by: User | None, now: datetime) -> Reanalysis:
    """Bring a topic back, and begin a reanalysis to find what was missed. Raises NotPossible."""
    topic = Topic.objects.locked().get(pk=topic.pk)
    if topic.merged_into:
        names = {"topic": topic, "into": topic.merged_into}
        raise NotPossible(_("“%(topic)s” was merged into “%(into)s” and cannot come back.") % names)
    topic.archived = False
    topic.save(update_fields=["archived"])
    return reanalysis.begin(by=by, now=now)
