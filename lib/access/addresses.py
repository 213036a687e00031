"""Addresses of callers: as proxies write them, and the network that limits count them by."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What one household or server is given; within it a caller has as many addresses as they like.
ONE_CALLERS_BITS = 64


def read(written: str) -> str | None:
    """The address in a header, without brackets, port and zone; None where none stands."""
    bare = written.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(_plain(bare.partition("%")[0]))
    except ValueError:
        return None


def network(address: str) -> str:
    """What a limit counts: an IPv4 address, the /64 of an IPv6 one; other text as it stands."""
    known = read(address)
    if known is None or ":" not in known:
        return known or address
    return str(ip_network((known, ONE_CALLERS_BITS), strict=False).network_address)


def _plain(text: str) -> IPv4Address | IPv6Address:
    """The address; an IPv4 one that is written as IPv6 (::ffff:192.0.2.1) is the IPv4 one."""
    address = ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address
