"""Receive a mail: it joins its case, and its words become feedback like all others.

A case is found by the signed address it was sent to, or by the Message-ID of ours that it answers;
by the latter only where the customer's own address wrote it. What another address says to answer
is kept apart, and staff decide. Automatic replies and reports of mail servers are nobody's words.
Nothing is ever answered automatically.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction

from lib import addresses as mail_addresses
from lib.text import cut
from surveys.models import Customer
from voc.cases import workflow
from voc.intake.capture import capture
from voc.models import Case, CaseActivity, CustomerMail, Feedback, Reply
from voc.models.replies import LONGEST_SUBJECT
from voc.replies import addresses
from voc.replies.incoming import kinds
from voc.replies.incoming.parse import ParsedMail, parse
from voc.signals import customer_wrote

Kind, Why = CustomerMail.Kind, CaseActivity.Why
# Where mail servers say to whom a mail was delivered.
SENT_TO = (
    "To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To",
)  # fmt: skip
LONGEST_EXTERNAL_ID = 200


@dataclass(frozen=True)
class Place:
    """The case that a mail belongs to, or only says to belong to."""

    case: Case | None = None
    says_case: Case | None = None


def receive(raw: bytes, now: datetime) -> CustomerMail:
    """Keep a mail as it came over the wire. The same mail twice comes in once."""
    mail = parse(raw, most_mb=settings.INCOMING_MAIL_MB)
    if known := _known(mail):
        return known
    try:
        return _keep(mail, now)
    except IntegrityError:  # somebody else brought it at the same moment
        return _known(mail) or _keep(mail, now)


def _known(mail: ParsedMail) -> CustomerMail | None:
    """The row of this mail. Another mail under its Message-ID, which broken programs write, gives
    this one an id of its own: it is not lost."""
    same = CustomerMail.objects.filter(message_id=mail.message_id).first()
    if same is None or _is_same(same, mail):
        return same
    words = f"{mail.from_address}\n{mail.subject}\n{mail.whole_text}"
    mail.message_id = f"<{sha256(words.encode()).hexdigest()}@same-message-id>"
    return CustomerMail.objects.filter(message_id=mail.message_id).first()


def _is_same(kept: CustomerMail, mail: ParsedMail) -> bool:
    return (kept.from_address, kept.whole_text) == (_fitting(mail.from_address), mail.whole_text)


@transaction.atomic
def _keep(mail: ParsedMail, now: datetime) -> CustomerMail:
    kind = _kind(mail)
    if kind == Kind.BOUNCE:
        return _keep_report(mail, now)
    place = _place(mail)
    kept = _row(mail, kind, place, now)
    if kind != Kind.LETTER:
        kept.save(force_insert=True)
        return kept
    kept.feedback = _words(mail, place.case, now)
    kept.notes = [*map(list, mail.notes)]
    kept.save(force_insert=True)
    if place.case:
        _open_again(place.case, now, reason=Why.CUSTOMER_ANSWERED)
    customer_wrote.send(CustomerMail, mail=kept)
    return kept


def _kind(mail: ParsedMail) -> str:
    """Our own mail may come back by a forward, or by who answers with everything we wrote."""
    is_ours = bool(addresses.replies_named([mail.message_id]))
    if is_ours or mail_addresses.key(mail.from_address) == settings.MAIL_FROM.casefold():
        return Kind.OWN
    return kinds.kind_of(mail)


def _place(mail: ParsedMail) -> Place:
    if case := _case(addresses.cases_named(mail.all(*SENT_TO))):
        if not _is_from_customer(mail, case):
            mail.notes.append(("other_address", mail.from_address))
        return Place(case=_end_of(case))
    replies = addresses.replies_named(_answered(mail))
    case = _case(Reply.objects.filter(pk__in=replies[:1]).values_list("case", flat=True))
    if case is None:
        return Place()
    if _is_from_customer(mail, case) and not _looks_forged(mail):
        return Place(case=_end_of(case))
    mail.notes.append(("stranger", mail.from_address))
    return Place(says_case=_end_of(case))


def _case(numbers: Iterable[int]) -> Case | None:
    first = list(numbers)[:1]
    return Case.objects.filter(pk__in=first).select_related("customer", "merged_into").first()


def _end_of(case: Case) -> Case:
    """The case itself, or the one that it was merged into."""
    while case.merged_into:
        case = case.merged_into
    return case


def _is_from_customer(mail: ParsedMail, case: Case) -> bool:
    to = case.customer.email if case.customer else ""
    return bool(to) and mail_addresses.key(mail.from_address) == mail_addresses.key(to)


def _looks_forged(mail: ParsedMail) -> bool:
    """Our own mail server, which writes the topmost of these, found that the sender lies."""
    return "dmarc=fail" in mail.first("Authentication-Results").lower()


def _words(mail: ParsedMail, case: Case | None, now: datetime) -> Feedback:
    """The words of a mail as feedback, to be read and counted; in its case if it has one."""
    if not mail.text:
        mail.notes.append(("no_words", ""))
    names = ", ".join(name for name, _size in mail.attachments)
    return capture(
        text=mail.text or mail.subject or names or "–",
        channel=Feedback.Channel.SUPPORT,
        received_at=now,
        external_id=mail.message_id[:LONGEST_EXTERNAL_ID],
        customer=_writer(mail),
        case=case,
        raw={"subject": mail.subject, "from": mail.from_address},
    )


def _writer(mail: ParsedMail) -> Customer | None:
    """The customer at the address that wrote it, unless somebody else used that address."""
    if not mail.from_address:
        return None
    if _looks_forged(mail):
        mail.notes.append(("forged", mail.from_address))
        return None
    return Customer.objects.at(mail.from_address).first()


def _keep_report(mail: ParsedMail, now: datetime) -> CustomerMail:
    """A mail server says what became of a reply."""
    named = addresses.replies_named([mail.whole_text, mail.enclosed, *_answered(mail)])
    reply = Reply.objects.filter(pk__in=named[:1]).select_related("case").first()
    kept = _row(mail, Kind.BOUNCE, Place(case=reply.case if reply else None), now)
    kept.save(force_insert=True)
    if reply and kinds.is_final(mail):
        reply.bounce(kinds.reason_in(mail), now)
        _open_again(reply.case, now, reason=Why.NOT_DELIVERED)
    return kept


def _answered(mail: ParsedMail) -> list[str]:
    return mail.all("References", "In-Reply-To")


def _open_again(case: Case, now: datetime, *, reason: str) -> None:
    workflow.reopen(Case.objects.filter(pk=case.pk), by=None, now=now, reason=reason)


def _row(mail: ParsedMail, kind: str, place: Place, now: datetime) -> CustomerMail:
    return CustomerMail(
        kind=kind,
        case=place.case,
        says_case=place.says_case,
        message_id=mail.message_id,
        from_address=_fitting(mail.from_address),
        from_name=cut(mail.from_name, 200),
        subject=cut(mail.subject, LONGEST_SUBJECT),
        text=mail.text,
        whole_text=mail.whole_text,
        headers=[*map(list, mail.headers)],
        attachments=[*map(list, mail.attachments)],
        notes=[*map(list, mail.notes)],
        received_at=now,
    )


def _fitting(address: str) -> str:
    return address[: mail_addresses.LONGEST]
