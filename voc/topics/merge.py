"""One topic becomes part of another: its voices, its phrases, and what belongs to it."""

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

CHUNK = 500

Phrases = dict[str, list[str]]  # by language


@dataclass(frozen=True)
class Merge:
    """What goes along: voices, of them those that have both topics, phrases, topics below."""

    voices: int
    both: int
    phrases: list[str]
    children: list[Topic]
    elsewhere: list[str]  # what other rooms say goes along


def why_not(topic: Topic, into: Topic) -> str | None:
    """What stands against it, as a sentence; None when nothing does."""
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


def foresee(topic: Topic, into: Topic) -> Merge:
    """Changes nothing."""
    told = merge_foreseen.send(Topic, topic=topic, into=into)
    voices = Feedback.objects.about(topic)
    return Merge(
        voices=voices.count(),
        both=voices.filter(pk__in=Feedback.objects.about(into).values("pk")).count(),
        phrases=[phrase for some in _new_phrases(topic, into).values() for phrase in some],
        children=list(topic.children.exclude(pk=into.pk)),
        elsewhere=[line for _receiver, lines in told for line in lines or []],
    )


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: User | None, now: datetime) -> None:
    """The voices are held first and the topics after them, as whoever reads or corrects does."""
    list(Feedback.objects.about(topic).held().values_list("pk"))
    topic, into = _held(topic, into)
    if why := why_not(topic, into):
        raise NotPossible(why)
    _move_tags(topic, into)
    _arrange(topic, into)
    _pool_phrases(topic, into, by, now)
    Theme.objects.filter(topic=topic).update(topic=into)
    topics_merged.send(Topic, topic=topic, into=into)


def _held(topic: Topic, into: Topic) -> list[Topic]:
    """In one order for all. Nobody can point a tag at the one that goes; at the other they may."""
    ways = {topic.pk: Topic.objects.select_for_update(of=("self",)), into.pk: Topic.objects.held()}
    held = {pk: ways[pk].get(pk=pk) for pk in sorted(ways)}
    return [held[topic.pk], held[into.pk]]


def _arrange(topic: Topic, into: Topic) -> None:
    """What belonged to the one belongs to the other; one that was below it takes its place."""
    if into.parent_id == topic.pk:
        into.parent = topic.parent
    topic.children.exclude(pk=into.pk).update(parent=into)
    topic.parent, topic.archived, topic.merged_into = None, True, into
    into.save(update_fields=["parent"])
    topic.save(update_fields=["parent", "archived", "merged_into"])
    topic.merged.update(merged_into=into)


def _pool_phrases(topic: Topic, into: Topic, by: User | None, now: datetime) -> None:
    """An open draft of the one is thrown away; that of the other has the phrases too."""
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


def _together(some: Phrases, others: Phrases) -> Phrases:
    return {language: [*some[language], *others[language]] for language in some}


def _new_phrases(topic: Topic, into: Topic) -> Phrases:
    """Those of the one that the other has not, by language."""
    there = into.phrases
    return {language: _new(some, there[language]) for language, some in topic.phrases.items()}


def _new(phrases: Iterable[str], there: Iterable[str]) -> list[str]:
    known = {phrase.casefold() for phrase in there}
    return [phrase for phrase in phrases if phrase.casefold() not in known]


def _move_tags(topic: Topic, into: Topic) -> None:
    """Where a voice has both: one tag, as if all its words had been of one topic from the start."""
    there = Tag.objects.filter(topic=into)
    both = Tag.objects.filter(topic=topic, feedback__in=there.values("feedback"))
    while some := list(both.order_by("pk")[:CHUNK]):
        kept = {tag.feedback_id: tag for tag in there.filter(feedback__in=_voices(some))}
        for tag in some:
            _pour(tag, kept[tag.feedback_id])
        Tag.objects.bulk_update(kept.values(), ["sentiment", "start", "end", "by"])
        Tag.objects.filter(pk__in=[tag.pk for tag in some]).delete()
    Tag.objects.filter(topic=topic).update(topic=into)


def _voices(tags: Iterable[Tag]) -> list[int]:
    return [tag.feedback_id for tag in tags]


def _pour(tag: Tag, kept: Tag) -> None:
    best = min((kept, tag), key=_as_evidence)
    kept.sentiment = pool_known((kept.sentiment, tag.sentiment))
    kept.start, kept.end = best.start, best.end
    if tag.by == By.PERSON:
        kept.by = By.PERSON


def _as_evidence(tag: Tag) -> tuple[bool, bool, int]:
    """Words there are, felt about, the earlier the better: as the readers choose them."""
    felt = tag.sentiment not in (None, Sentiment.NEUTRAL)
    return tag.start is None, not felt, tag.start or 0
