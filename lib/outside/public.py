"""Whether a host may be connected to: what somebody typed must not lead into our own network."""

from __future__ import annotations

import socket

from django.conf import settings
from django.utils.translation import gettext as _

from lib.outside.networks import is_public


class Unreachable(Exception):
    """Nothing could be fetched; the message says why, for whoever set it up.

    `after` is in how many seconds the other side wishes to be asked again, where it says so.
    """

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


def refuse_private(host: str, port: int) -> None:
    """Raise Unreachable for a host of which any address is not public, or that has none."""
    if is_trusted(host):
        return
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(
            _("There is no host “%(host)s”. Please look at the address.") % {"host": host}
        ) from None
    for *_kind, address in found:
        refuse_private_peer(host, str(address[0]))


def refuse_private_peer(host: str, address: str) -> None:
    """Raise Unreachable where this address, which the host has, is not public."""
    if not is_trusted(host) and not is_public(address):
        raise Unreachable(
            _(
                "“%(host)s” is an address inside a network. Whoever looks after Todoku can allow "
                "it with PRIVATE_HOSTS."
            )
            % {"host": host}
        )


def is_trusted(host: str) -> bool:
    """The operator has named this host as one of ours that may be connected to."""
    return host in settings.PRIVATE_HOSTS
