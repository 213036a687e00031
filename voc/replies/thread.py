"""The thread of a case: what the customer said, our replies and their state, and their mails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lib.text import shortened
from voc.models import Case, CustomerMail, Feedback, Reply

MOST_SHOWN = 20  # of each kind, the newest
LONGEST_SHOWN = 3_000  # characters of one entry; its own page has all
LONGEST_OF_ALL = 9_500  # characters, spent on the newest; of what is older the beginning is shown
BEGINNING = 100


@dataclass(frozen=True)
class Entry:
    """An entry: words of the customer (`said` or `mail`), or a reply of ours."""

    at: datetime
    words: str
    said: Feedback | None = None
    reply: Reply | None = None
    mail: CustomerMail | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def is_abusive(self) -> bool:
        """These words abuse people, and are folded."""
        feedback = self.mail.feedback if self.mail else self.said
        return feedback is not None and feedback.abuse is not None


def entries(case: Case | None, item: Feedback | None = None) -> list[Entry]:
    """The thread, the oldest first; of feedback without a case, the mail it came by."""
    if case is None:
        return list(_mail_of(item)) if item else []
    found = [*_all_said(case), *_replies(case), *_mails(case)]
    return _that_fit(sorted(found, key=lambda entry: entry.at))


def mark(case: Case | None, item: Feedback | None = None) -> str:
    """What the newest of everything in the thread is: another mark, and something has come."""
    if case is None:
        return f"0.0.{item.pk if item else 0}"
    newest = Case.objects.filter(pk=case.pk).values_list(
        _newest(Reply.objects.in_thread(OuterRef("pk"))),  # type: ignore[arg-type]
        _newest(CustomerMail.objects.in_thread(OuterRef("pk"))),  # type: ignore[arg-type]
        _newest(_feedback_of(OuterRef("pk"))),
    )
    return ".".join(map(str, newest.get()))


def words_to_answer(case: Case) -> Feedback | None:
    """The customer's newest words, unless a reply has quoted them: each is quoted once."""
    said = _feedback_of(case).filter(customer=case.customer_id).exclude(customer=None)
    newest = said.order_by("-received_at", "-pk").first()
    return newest if newest and not Reply.objects.filter(quoted=newest).exists() else None


def _that_fit(found: list[Entry]) -> list[Entry]:
    """The entries, as many words of each as a page has room for."""
    left, fitting = LONGEST_OF_ALL, []
    for entry in reversed(found):
        words = shortened(entry.words, max(BEGINNING, min(LONGEST_SHOWN, left)))
        left -= len(words)
        fitting.append(replace(entry, words=words))
    return fitting[::-1]


def _newest(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by("-pk").values("pk")[:1]), 0)


def _feedback_of(case: Any) -> QuerySet[Feedback]:
    return Feedback.objects.filter(Q(case=case) | Q(case__merged_into=case))


def _all_said(case: Case) -> Iterator[Entry]:
    """What was said in another way than by a mail in this thread."""
    said = _feedback_of(case).filter(mail=None).select_related("response__survey", "customer")
    for item in said.order_by("-received_at", "-pk")[:MOST_SHOWN]:
        yield _said(item)


def _said(item: Feedback) -> Entry:
    return Entry(item.received_at, item.text, said=item)


def _replies(case: Case) -> Iterator[Entry]:
    replies = Reply.objects.in_thread(case).select_related("by").prefetch_related("attachments")
    for reply in replies.defer("attachments__content")[:MOST_SHOWN]:
        yield Entry(reply.written_at, reply.body, reply=reply)


def _mail_of(item: Feedback) -> Iterator[Entry]:
    if item.channel == Feedback.Channel.SUPPORT:
        mails = CustomerMail.objects.filter(feedback=item).select_related("feedback")
        for mail in mails.defer("headers", "whole_text"):
            yield Entry(mail.received_at, mail.text, mail=mail)


def _mails(case: Case) -> Iterator[Entry]:
    mails = CustomerMail.objects.in_thread(case).select_related("feedback")
    for mail in mails.defer("headers", "whole_text")[:MOST_SHOWN]:
        yield Entry(mail.received_at, mail.text, mail=mail)
