"""The phrases of a topic are changed in two steps: proposed and tried out, then applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from voc import reanalysis
from voc.models import Rereading, Revision, Topic


class Refused(Exception):
    """Why not, for whoever wanted it."""


@transaction.atomic
def propose(
    topic: Topic,
    *,
    phrases: Mapping[str, Sequence[str]],
    by: User | None,
    now: datetime,
) -> Revision:
    """A draft of these phrases, by language, and its trial begins. One that was open gives way."""
    topic = Topic.objects.held().get(pk=topic.pk)
    if topic.archived:
        raise Refused(_("“%(topic)s” is out of use: bring it back first.") % {"topic": topic})
    for earlier in topic.revisions.open():
        _close(earlier, withdrawn_at=now)
    revision = Revision.objects.create(
        topic=topic,
        **{f"phrases_{language}": list(dict.fromkeys(some)) for language, some in phrases.items()},
        before=topic.phrases,
        by=by,
        at=now,
    )
    reanalysis.try_out(revision, by=by, now=now)
    return revision


@transaction.atomic
def apply(revision: Revision, *, by: User | None, now: datetime) -> Rereading:
    """From now on the topic is found by these phrases; all there is, is read again."""
    revision, topic = _still_open(revision)
    topic.write_phrases(revision.phrases)
    _close(revision, applied_at=now)
    return reanalysis.begin(by=by, now=now, revision=revision)


@transaction.atomic
def withdraw(revision: Revision, *, now: datetime) -> None:
    revision, _topic = _still_open(revision)
    _close(revision, withdrawn_at=now)


def _still_open(revision: Revision) -> tuple[Revision, Topic]:
    topic = Topic.objects.held().get(pk=revision.topic_id)
    revision = Revision.objects.get(pk=revision.pk)
    if not revision.is_open:
        raise Refused(_("Somebody was faster: this change is applied or thrown away already."))
    return revision, topic


def _close(revision: Revision, **when: datetime) -> None:
    Revision.objects.filter(pk=revision.pk).update(**when)
    for trial in revision.rereadings.trials().running():
        reanalysis.stop(trial, now=next(iter(when.values())))
