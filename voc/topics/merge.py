"""Merges a topic into another: its tags, its phrases, and the topics below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from voc.models import By, Feedback, PhraseChange, Sentiment, Tag, Theme, Topic
from voc.nlp.sentiment import pool_known
from voc.signals import merge_foreseen, topics_merged
from voc.topics import phrase_changes
from voc.topics.phrase_changes import NotPossible

TAGS_PER_STATEMENT = 500

PhrasesByLanguage = dict[str, list[str]]


@dataclass(frozen=True)
class MergePreview:
    """A foreseen merge: counts of feedback, in all and with both topics, and what goes along."""

    items: int
    both: int
    phrases: list[str]
    children: list[Topic]
    elsewhere: list[str]  # what other rooms say goes along


def why_not(topic: Topic, into: Topic) -> str | None:
    """The reason against a merge, as a sentence; None when there is none."""
    names = {"topic": topic, "into": into}
    if topic.pk == into.pk:
        return _("A topic cannot be merged into itself.")
    if topic.archived or into.archived:
        return _("Only topics in use can be merged.")
    if into.parent_id and into.parent_id != topic.pk and topic.children.exists():
        return (
            _(
                "“%(into)s” belongs to another topic, and topics belong to “%(topic)s”: "
                "move them first."
            )
            % names
        )
    return None


def preview_merge(topic: Topic, into: Topic) -> MergePreview:
    """Foresee a merge; changes nothing. Other rooms are asked by a signal what goes along."""
    answers = merge_foreseen.send(Topic, topic=topic, into=into)
    items = Feedback.objects.about(topic)
    return MergePreview(
        items=items.count(),
        both=items.filter(pk__in=Feedback.objects.about(into).values("pk")).count(),
        phrases=[phrase for new in _new_phrases(topic, into).values() for phrase in new],
        children=list(topic.children.exclude(pk=into.pk)),
        elsewhere=[line for _receiver, lines in answers for line in lines or []],
    )


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: User | None, now: datetime) -> None:
    """Merge for good. Raises NotPossible.

    Feedback is locked first and topics after it, as whoever analyzes or corrects does.
    """
    list(Feedback.objects.about(topic).locked().values_list("pk"))
    topic, into = _locked(topic, into)
    if why := why_not(topic, into):
        raise NotPossible(why)
    _move_tags(topic, into)
    _arrange(topic, into)
    _pool_phrases(topic, into, by, now)
    Theme.objects.filter(topic=topic).update(topic=into)
    topics_merged.send(Topic, topic=topic, into=into)


def _locked(topic: Topic, into: Topic) -> list[Topic]:
    """Lock both, in one order for all. Nobody can point a tag at the topic that goes; at the other
    they may."""
    ways = {
        topic.pk: Topic.objects.select_for_update(of=("self",)),
        into.pk: Topic.objects.locked(),
    }
    locked = {pk: ways[pk].get(pk=pk) for pk in sorted(ways)}
    return [locked[topic.pk], locked[into.pk]]


def _arrange(topic: Topic, into: Topic) -> None:
    """Rearrange the tree: topics below go along; `into` takes the place of a topic it was below."""
    if into.parent_id == topic.pk:
        into.parent = topic.parent
    topic.children.exclude(pk=into.pk).update(parent=into)
    topic.parent, topic.archived, topic.merged_into = None, True, into
    into.save(update_fields=["parent"])
    topic.save(update_fields=["parent", "archived", "merged_into"])
    topic.merged.update(merged_into=into)


def _pool_phrases(topic: Topic, into: Topic, by: User | None, now: datetime) -> None:
    """Add the phrases, also to an open draft of `into`; a draft of the topic is withdrawn."""
    for draft in topic.phrase_changes.open():
        phrase_changes.withdraw(draft, now=now)
    drafts = list(into.phrase_changes.open())
    into.write_phrases(_together(into.phrases, _new_phrases(topic, into)))
    for draft in drafts:
        _propose_with(topic, draft, by, now)


def _propose_with(topic: Topic, draft: PhraseChange, by: User | None, now: datetime) -> None:
    phrase_changes.propose(
        draft.topic,
        phrases=_together(draft.phrases, topic.phrases),
        by=draft.by,
        now=now,
    )


def _together(own: PhrasesByLanguage, others: PhrasesByLanguage) -> PhrasesByLanguage:
    return {language: [*own[language], *others[language]] for language in own}


def _new_phrases(topic: Topic, into: Topic) -> PhrasesByLanguage:
    """The phrases that the other topic has not, by language."""
    known = into.phrases
    return {language: _new(own, known[language]) for language, own in topic.phrases.items()}


def _new(phrases: Iterable[str], existing: Iterable[str]) -> list[str]:
    known = {phrase.casefold() for phrase in existing}
    return [phrase for phrase in phrases if phrase.casefold() not in known]


def _move_tags(topic: Topic, into: Topic) -> None:
    """Move tags. Feedback with both keeps one, as if its words had always been of one topic."""
    kept_tags = Tag.objects.filter(topic=into)
    both = Tag.objects.filter(topic=topic, feedback__in=kept_tags.values("feedback"))
    while moving := list(both.order_by("pk")[:TAGS_PER_STATEMENT]):
        kept = {tag.feedback_id: tag for tag in kept_tags.filter(feedback__in=_feedback_of(moving))}
        for tag in moving:
            _pour(tag, kept[tag.feedback_id])
        Tag.objects.bulk_update(kept.values(), ["sentiment", "start", "end", "by"])
        Tag.objects.filter(pk__in=[tag.pk for tag in moving]).delete()
    Tag.objects.filter(topic=topic).update(topic=into)


def _feedback_of(tags: Iterable[Tag]) -> list[int]:
    return [tag.feedback_id for tag in tags]


def _pour(tag: Tag, kept: Tag) -> None:
    best = min((kept, tag), key=_as_evidence)
    kept.sentiment = pool_known((kept.sentiment, tag.sentiment))
    kept.start, kept.end = best.start, best.end
    if tag.by == By.PERSON:
        kept.by = By.PERSON


def _as_evidence(tag: Tag) -> tuple[bool, bool, int]:
    """The rank of a tag as evidence: shown, felt about, early, as the readers choose."""
    felt = tag.sentiment not in (None, Sentiment.NEUTRAL)
    return tag.start is None, not felt, tag.start or 0
