"""A mailbox by IMAP with TLS: mails that came since, left in it as they are, unread ones unread."""

from __future__ import annotations

import imaplib
import ssl
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lib.outside.public import Unreachable, refuse_private, refuse_private_peer
from voc.connectors.page import Cursor, Kind, Page, Site
from voc.replies.incoming.parse import MEGABYTE, parse

PORT = 993
TIMEOUT = 30  # seconds
PER_PAGE = 20
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
    mails = []
    for uid in now:
        site.hold()
        mails.append(_mail(box, uid))
    return Page(
        cursor={"validity": told, "uid": now[-1] if now else last},
        is_last=len(uids) <= PER_PAGE,
        mails=[mail for mail in mails if mail],  # one may be gone meanwhile
    )


def _uids_above(box: imaplib.IMAP4, last: int, site: Site) -> list[int]:
    since = f"{site.since.day:02d}-{MONTHS[site.since.month - 1]}-{site.since.year}"
    _status, found = box.uid("SEARCH", "SINCE", since, "UID", f"{last + 1}:*")
    uids = sorted(int(uid) for line in found if line for uid in line.split())
    return [uid for uid in uids if uid > last]  # n:* always names the last one


def _mail(box: imaplib.IMAP4, uid: int) -> bytes:
    """The mail, or somewhat more of it than is read: then it is known to be too large."""
    most = settings.INCOMING_MAIL_MB * MEGABYTE + 1
    _status, parts = box.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{most}>)")
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def shown(raw: bytes) -> str:
    """From whom a mail is, and its subject, for people."""
    mail = parse(raw, most_mb=settings.INCOMING_MAIL_MB)
    return " · ".join([mail.from_address or "–", mail.subject or "–"])


KIND = Kind(_next_page)
