"""Hand mails to a mail server with every address as the protocol wants it.

smtplib would send the addresses of Japanese carriers (`a..b@docomo.ne.jp`) bare, and a strict
server takes them in quotation marks only.
"""

from __future__ import annotations

from collections.abc import Sequence
from smtplib import SMTP, SMTP_SSL

from django.core.mail.backends import smtp

from lib import addresses


class _Quoting:
    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        return super().rcpt(addresses.for_mail(recip), options)  # type: ignore[misc,no-any-return]


class QuotingSMTP(_Quoting, SMTP):
    pass


class QuotingSMTPOverTLS(_Quoting, SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[SMTP]:
        return QuotingSMTPOverTLS if self.use_ssl else QuotingSMTP
