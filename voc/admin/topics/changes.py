"""The changes of a topic's phrases, as entries of its history."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from lib.desk.history import UNKNOWN, Event
from voc.models import PhraseChange, Topic


def phrases_changed(topic: Topic) -> Iterator[Event]:
    for change in topic.phrase_changes.select_related("by"):
        who, words = change.by or UNKNOWN, _difference(change)
        yield Event(change.at, gettext("proposed a change of phrases"), who, words)
        if change.applied_at:
            yield Event(change.applied_at, gettext("the change of phrases was applied"))
        if change.withdrawn_at:
            yield Event(change.withdrawn_at, gettext("the change of phrases was thrown away"))


def _difference(change: PhraseChange) -> str:
    """The phrases that come and go, with their signs."""
    return " ".join(
        word
        for language, phrases in change.phrases.items()
        for word in _between(change.before.get(language, []), phrases)
    )


def _between(before: list[str], after: list[str]) -> list[str]:
    new = [f"+ {phrase}" for phrase in after if phrase not in before]
    return new + [f"− {phrase}" for phrase in before if phrase not in after]
