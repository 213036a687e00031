"""Changes a topic's phrases in two steps: proposed and previewed, then applied or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from voc import reanalysis
from voc.models import PhraseChange, Reanalysis, Topic


class NotPossible(Exception):
    """A change of topics that cannot be made; the message says why, for whoever wanted it."""


@transaction.atomic
def propose(
    topic: Topic,
    *,
    phrases: Mapping[str, Sequence[str]],
    by: User | None,
    now: datetime,
) -> PhraseChange:
    """Draft these phrases, by language, and begin a preview. A draft that was open gives way.

    Raises NotPossible for a topic out of use.
    """
    topic = Topic.objects.locked().get(pk=topic.pk)
    if topic.archived:
        raise NotPossible(_("“%(topic)s” is out of use: bring it back first.") % {"topic": topic})
    for earlier in topic.phrase_changes.open():
        _close(earlier, withdrawn_at=now)
    phrase_change = PhraseChange.objects.create(
        topic=topic,
        **{
            f"phrases_{language}": list(dict.fromkeys(listed))
            for language, listed in phrases.items()
        },
        before=topic.phrases,
        by=by,
        at=now,
    )
    reanalysis.begin_preview(phrase_change, by=by, now=now)
    return phrase_change


@transaction.atomic
def apply(phrase_change: PhraseChange, *, by: User | None, now: datetime) -> Reanalysis:
    """Give the topic these phrases, and begin a reanalysis. Raises NotPossible."""
    phrase_change, topic = _still_open(phrase_change)
    topic.write_phrases(phrase_change.phrases)
    _close(phrase_change, applied_at=now)
    return reanalysis.begin(by=by, now=now, phrase_change=phrase_change)


@transaction.atomic
def withdraw(phrase_change: PhraseChange, *, now: datetime) -> None:
    phrase_change, _topic = _still_open(phrase_change)
    _close(phrase_change, withdrawn_at=now)


def _still_open(phrase_change: PhraseChange) -> tuple[PhraseChange, Topic]:
    topic = Topic.objects.locked().get(pk=phrase_change.topic_id)
    phrase_change = PhraseChange.objects.get(pk=phrase_change.pk)
    if not phrase_change.is_open:
        raise NotPossible(_("Somebody was faster: this change is applied or thrown away already."))
    return phrase_change, topic


def _close(phrase_change: PhraseChange, **when: datetime) -> None:
    PhraseChange.objects.filter(pk=phrase_change.pk).update(**when)
    for preview in phrase_change.reanalyses.previews().running():
        reanalysis.stop(preview, now=next(iter(when.values())))
