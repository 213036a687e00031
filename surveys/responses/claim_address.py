"""Claim an address with the words of a form; its owner alone confirms that the words are theirs.

Until then the words are nobody's voice: no customer is made of the address, and nothing of what
was written is ever sent to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from lib.mail.outbox import OutboxMail
from surveys.models import AddressClaim, ClaimedAddress, Customer, Response
from surveys.models.address_claims import KEPT_UNCONFIRMED, digests
from surveys.signals import address_confirmed


@transaction.atomic
def claim(
    response: Response, *, email: str, language: str, now: datetime, may_mail: bool = True
) -> AddressClaim | None:
    """Keep the claim, and have its owner asked by mail, once a day at most.

    None, with nothing kept of the address, where its owner wants no such mails. `may_mail` is False
    for whoever gives more addresses than a person has.
    """
    before = AddressClaim.objects.filter(response=response).select_related("claimed").first()
    if before and (not before.is_open or before.claimed.is_at(email)):
        return before
    claimed = _claimed_address(email.strip(), language, now, may_mail)
    if claimed.stopped_at:
        return None
    if before:
        before.delete()
    return AddressClaim.objects.create(response=response, claimed=claimed, created_at=now)


def _claimed_address(email: str, language: str, now: datetime, may_mail: bool) -> ClaimedAddress:
    known = ClaimedAddress.objects.select_for_update().at(email).first()
    if known is None:
        return _new_address(email, language, now, may_mail)
    if not known.stopped_at:
        ClaimedAddress.objects.filter(pk=known.pk).update(address=email, language=language)
        if may_mail:
            known.ask_again(now)
    return known


def _new_address(email: str, language: str, now: datetime, may_mail: bool) -> ClaimedAddress:
    skipped: dict[str, Any] = {
        "outcome": OutboxMail.Outcome.SKIPPED,
        "reason": OutboxMail.Why.TOO_MANY,
        "settled_at": now,
    }
    return ClaimedAddress.objects.create(
        digest=digests(email)[0],
        address=email,
        language=language,
        send_after=now,
        **({} if may_mail else skipped),
    )


@transaction.atomic
def confirm(claim: AddressClaim, *, now: datetime) -> bool:
    """The owner wrote it: from now on it is the voice of this customer, who is made if need be.

    False when the claim is settled already.
    """
    claim = _locked(claim)
    if not claim.is_open:
        return False
    AddressClaim.objects.filter(pk=claim.pk).update(confirmed_at=now)
    response = claim.response
    response.customer = _customer_at(claim.claimed)
    Response.objects.filter(pk=response.pk).update(customer=response.customer)
    address_confirmed.send(Response, response=response)
    return True


@transaction.atomic
def deny(claim: AddressClaim, *, now: datetime) -> bool:
    """The owner did not write it: the words stay, and the address goes. False when settled."""
    claim = _locked(claim)
    if not claim.is_open:
        return False
    AddressClaim.objects.filter(pk=claim.pk).update(denied_at=now)
    claim.claimed.forget_if_nobodys()
    return True


@transaction.atomic
def stop(claimed: ClaimedAddress, *, now: datetime) -> None:
    """The owner wants no mail: forget the address, and never write to it again."""
    for customer in Customer.objects.at(claimed.address):
        if claimed.is_at(customer.email):
            customer.unsubscribe(now)
    ClaimedAddress.objects.filter(pk=claimed.pk, stopped_at=None).update(stopped_at=now)
    claimed.forget()


def forget_unconfirmed(now: datetime) -> int:
    """Forget addresses whose owners did not answer for a month; return how many."""
    old = list(ClaimedAddress.objects.unanswered_since(now - KEPT_UNCONFIRMED))
    for claimed in old:
        claimed.claims.open().delete()
        claimed.forget_if_nobodys()
    return len(old)


def forget_addresses(addresses: Iterable[str]) -> None:
    """Forget these addresses, of customers who are deleted; what was denied or stopped stays so."""
    for address in addresses:
        for claimed in ClaimedAddress.objects.at(address):
            claimed.forget()


def _locked(claim: AddressClaim) -> AddressClaim:
    """The claim, its row locked: of two presses the second finds what the first decided."""
    locked = AddressClaim.objects.select_for_update(of=("self",))
    return locked.select_related("claimed", "response__survey").get(pk=claim.pk)


def _customer_at(claimed: ClaimedAddress) -> Customer | None:
    """The customer at this address. None where the database takes ı for i."""
    found, _new = Customer.objects.get_or_create(
        email__iexact=claimed.address,
        defaults={"email": claimed.address, "language": claimed.language},
    )
    return found if claimed.is_at(found.email) else None
