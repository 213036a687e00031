"""A mailbox by IMAP with TLS: mails that came since, left in it as they are, unread ones unread."""

from __future__ import annotations

import imaplib
import re
import ssl
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lib.outside.public import Unreachable, refuse_private, refuse_private_peer
from voc.connectors.page import Cursor, Kind, Page, Site

PORT = 993
TIMEOUT = 30  # seconds
PER_PAGE = 20
MOST_BYTES = 25_000_000  # of a mail; a larger one stays in the mailbox, and is told
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class _Checked(imaplib.IMAP4_SSL):
    """A connection to a public address, or to a host that the operator trusts."""

    def _create_socket(self, timeout: float | None) -> Any:
        refuse_private(self.host, self.port)
        connected = super()._create_socket(timeout)  # type: ignore[misc]
        refuse_private_peer(self.host, str(connected.getpeername()[0]))
        return connected


def tls() -> ssl.SSLContext:
    """The certificates that are trusted: those of the system."""
    return ssl.create_default_context()


def _next_page(site: Site, cursor: Cursor) -> Page:
    site.hold()
    host, _colon, port = site.address.removeprefix("imaps://").rstrip("/").partition(":")
    try:
        box = _Checked(host, int(port or PORT), ssl_context=tls(), timeout=TIMEOUT)
        try:
            return _page_of(box, site, cursor)
        finally:
            box.logout()
    except imaplib.IMAP4.error:
        raise Unreachable(
            _("“%(host)s” refuses the account or the password. Please look at both.")
            % {"host": host}
        ) from None
    except (OSError, ValueError):
        raise Unreachable(
            _("“%(host)s” does not answer, or breaks off. It is tried again.") % {"host": host}
        ) from None


def _page_of(box: imaplib.IMAP4, site: Site, cursor: Cursor) -> Page:
    box.login(site.account, site.secret)
    box.select("INBOX", readonly=True)
    _name, (validity, *_more) = box.response("UIDVALIDITY")
    told = (validity or b"").decode()
    # A mailbox that numbers its mails anew is read from the beginning: a mail twice is one.
    last = int(cursor.get("uid", 0)) if cursor.get("validity") == told else 0
    uids = _uids_above(box, last, site)
    now = uids[:PER_PAGE]
    mails, too_large = [], 0
    for uid in now:
        site.hold()
        mail = _mail(box, uid)
        mails += [mail] if mail else []
        too_large += mail is None
    return Page(
        cursor={"validity": told, "uid": now[-1] if now else last},
        is_last=len(uids) <= PER_PAGE,
        mails=mails,
        remark=_said_too_large(too_large) if too_large else "",
    )


def _uids_above(box: imaplib.IMAP4, last: int, site: Site) -> list[int]:
    since = f"{site.since.day:02d}-{MONTHS[site.since.month - 1]}-{site.since.year}"
    _status, found = box.uid("SEARCH", "SINCE", since, "UID", f"{last + 1}:*")
    uids = sorted(int(uid) for line in found if line for uid in line.split())
    return [uid for uid in uids if uid > last]  # n:* always names the last one


def _mail(box: imaplib.IMAP4, uid: int) -> bytes | None:
    """The whole mail; None for one that is too large, b"" for one that is gone."""
    _status, sizes = box.uid("FETCH", str(uid), "(RFC822.SIZE)")
    found = SIZE.search(b" ".join(part for part in sizes if isinstance(part, bytes)))
    if found and int(found[1]) > MOST_BYTES:
        return None
    _status, parts = box.uid("FETCH", str(uid), "(BODY.PEEK[])")
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def _said_too_large(n: int) -> str:
    return ngettext(
        "%(n)d mail is larger than %(most)d MB and was left in the mailbox.",
        "%(n)d mails are larger than %(most)d MB and were left in the mailbox.",
        n,
    ) % {"n": n, "most": MOST_BYTES // 1_000_000}


KIND = Kind(_next_page)
