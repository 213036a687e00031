"""Which addresses are of the public network: what somebody typed must not lead into our own."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address


def is_public(address: str) -> bool:
    """Whether it is of the public network; an IPv4 address inside an IPv6 one counts as itself."""
    known = ip_address(address.partition("%")[0])
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or known
    return known.is_global and not known.is_multicast
