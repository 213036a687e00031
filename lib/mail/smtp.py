"""Hand mails to a mail server: every address as the protocol wants it, in as few words as it takes.

smtplib would send the addresses of Japanese carriers (`a..b@docomo.ne.jp`) bare, and a strict
server takes them in quotation marks only. It also does not say how far a mail came when the line
broke; here what breaks before the mail itself is on the line is certainly not sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from email.utils import parseaddr
from functools import lru_cache
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address

from lib import addresses
from lib.mail.message import Mail

GOES_AWAY, GO_ON = 421, 354
Reply = tuple[int, bytes]


class NotSent(SMTPServerDisconnected):
    """The line broke, or the server hung up, before a mail was on it: it is certainly not sent."""


class QuotingSMTP(SMTP):
    """A session with a mail server."""

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> Reply:
        return super().rcpt(addresses.for_mail(recip), options)

    def post(self, sender: str, to: str, content: bytes) -> None:
        """Post a mail to one address. Raises NotSent, and what `sendmail` raises."""
        self._announce(sender, to, content)
        self.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        if (reply := self.getreply())[0] != 250:
            self._forget_the_mail(reply[0])
            raise SMTPDataError(*reply)

    def _announce(self, sender: str, to: str, content: bytes) -> None:
        """Say from whom and to whom; the server then waits for the mail itself."""
        try:
            self.ehlo_or_helo_if_needed()
            options = self._options(content)
            replies = self._replies(f"MAIL FROM:<{sender}>{options}", f"RCPT TO:<{to}>", "DATA")
            if error := _no(replies, sender, to):
                self._forget_the_mail(*[code for code, _words in replies])
                raise error
        except SMTPServerDisconnected as error:
            raise NotSent(*error.args) from error

    def _options(self, content: bytes) -> str:
        size = f" SIZE={len(content)}" if self.has_extn("size") else ""
        return f"{size} BODY=8BITMIME" if self.has_extn("8bitmime") else size

    def _replies(self, *commands: str) -> list[Reply]:
        """The server's replies, up to its first no; all at once where it allows (RFC 2920)."""
        if self.has_extn("pipelining"):
            self.send("".join(f"{command}\r\n" for command in commands))
            return [self.getreply() for _command in commands]
        replies: list[Reply] = []
        for command in commands:
            replies.append(self.docmd(command))
            if replies[-1][0] >= 400:
                break
        return replies

    def _forget_the_mail(self, *codes: int) -> None:
        """Make the session ready for the next mail."""
        with suppress(SMTPServerDisconnected):
            if GO_ON in codes:  # it said no to the reader, and yet it waits for the mail
                self.send(b".\r\n")
                self.getreply()
            if GOES_AWAY in codes:
                self.close()
            else:
                self.rset()


class QuotingSMTPOverTLS(QuotingSMTP, SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    connection: QuotingSMTP

    @property
    def connection_class(self) -> type[SMTP]:
        return QuotingSMTPOverTLS if self.use_ssl else QuotingSMTP

    def _send(self, mail: EmailMessage) -> bool:
        """Our own mails are posted in their own way, all others in Django's."""
        if not isinstance(mail, Mail):
            return bool(super()._send(mail))  # type: ignore[misc]
        envelope = _address_in(str(mail.from_email)), mail.address_on_the_wire()
        content = mail.as_bytes()
        try:
            self.connection.post(*envelope, content)
        except NotSent:
            # Some servers hang up after so many mails, or after a silence.
            self._open_again()
            self.connection.post(*envelope, content)
        return True

    def _open_again(self) -> None:
        try:
            self.close()
            self.open()
        except (OSError, SMTPException) as error:
            raise NotSent(*error.args) from error


@lru_cache(16)
def _address_in(sender: str) -> str:
    return parseaddr(sanitize_address(sender, "utf-8"))[1]


def _no(replies: list[Reply], sender: str, to: str) -> SMTPException | None:
    """The error that the first no among the replies is."""
    mail, rcpt, data = (*replies, *replies[-1:] * 2)[:3]
    for code, words in replies:
        if code == GOES_AWAY:
            return NotSent(f"{code} {words.decode(errors='replace')}")
    if mail[0] != 250:
        return SMTPSenderRefused(*mail, sender)
    if rcpt[0] not in (250, 251):
        return SMTPRecipientsRefused({to: rcpt})
    return None if data[0] == GO_ON else SMTPDataError(*data)
