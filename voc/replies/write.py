"""Write a reply: a draft is kept, sent in ten seconds, and until then a draft again.

Of two people who press Send at the same moment the second is asked to look first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from lib.storable import storable
from voc.models import Attachment, Case, Draft, Reply
from voc.replies.thread import mark, words_to_answer

TIME_TO_UNDO = timedelta(seconds=10)


class Overtaken(Exception):
    """Somebody has written in this thread since the writer looked at it."""


@dataclass(frozen=True)
class Words:
    subject: str
    body: str
    language: str


def save(case: Case, words: Words, *, by: User, now: datetime) -> Draft:
    """Keep the words as this person's draft in the case."""
    changes = {"subject": words.subject, "body": words.body, "language": words.language}
    draft, _new = Draft.objects.update_or_create(
        case=case, by=by, defaults={**storable(changes), "saved_at": now}
    )
    return draft


@transaction.atomic
def send(case: Case, words: Words, *, by: User, seen: str, now: datetime) -> Reply:
    """Have the words sent as a mail, with the files of the draft. Raises Overtaken.

    `seen` is the thread's mark when the writer looked at it.
    """
    locked = Case.objects.filter(pk=case.pk).locked().get()
    if mark(locked) != seen:
        raise Overtaken
    draft = save(case, words, by=by, now=now)
    reply = Reply.objects.create(
        case=case,
        by=by,
        language=words.language,
        subject=draft.subject,
        body=draft.body,
        quoted=words_to_answer(locked),
        written_at=now,
        send_after=now + TIME_TO_UNDO,
    )
    Attachment.objects.filter(draft=draft).update(draft=None, reply=reply)
    draft.delete()
    return reply


@transaction.atomic
def undo(reply: Reply, *, by: User, now: datetime) -> Draft | None:
    """Make it a draft of its writer again. None where it has left: a mail cannot be called back."""
    locked = Reply.objects.select_for_update(of=("self",)).filter(pk=reply.pk).first()
    if locked is None or not locked.may_be_undone:
        return None
    writer = locked.by or by
    draft = save(locked.case, _together(locked, writer), by=writer, now=now)
    Attachment.objects.filter(reply=locked).update(draft=draft, reply=None)
    locked.delete()
    return draft


def _together(reply: Reply, writer: User) -> Words:
    """The words of the reply, and below them what its writer has begun since."""
    begun = Draft.objects.of(reply.case_id, writer).first()
    body = f"{reply.body}\n\n{begun.body}" if begun and begun.body.strip() else reply.body
    return Words(reply.subject, body, reply.language)
