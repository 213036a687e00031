"""Whose words come in: the customer at the address that came with them."""

from __future__ import annotations

from lib import addresses
from surveys.models import Customer
from voc.intake.incoming import Incoming


def linked(incomings: list[Incoming]) -> list[Incoming]:
    """The same, each with the customer at its address if we know one.

    An address alone is no reason to write to anyone: nobody becomes a customer by it.
    """
    keys = [addresses.key(incoming.address) if incoming.address else "" for incoming in incomings]
    if any(keys):
        found = Customer.objects.at_any({*keys} - {""}).values_list("email", "pk")
        known = {email.lower(): pk for email, pk in found}
        for incoming, key in zip(incomings, keys, strict=True):
            incoming.customer_id = known.get(key)
    return incomings
