"""Names of hosts in ASCII, as headers, links and browsers write them: 例え.jp is xn--r8jz45g.jp."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from django.utils.encoding import punycode


def host_in_ascii(host: str) -> str:
    """The host in punycode; one that cannot be written so stays, for config/checks.py to refuse."""
    try:
        return host if host.isascii() else punycode(host)
    except UnicodeError:
        return host


def url_in_ascii(url: str) -> str:
    """The address as a mail's header may hold it; a port, a user and a path stay what they are."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.partition(":")
    netloc = quote(user, safe=":%") + at + host_in_ascii(host) + colon + port
    return urlunsplit(parts._replace(netloc=netloc, path=quote(parts.path, safe="/%")))


def address_in_ascii(address: str) -> str:
    """The email address, its domain in punycode."""
    name, at, domain = address.rpartition("@")
    return name + at + host_in_ascii(domain)
