"""A mail to a carrier's address leaves with it in quotation marks."""

import pytest

from lib.mail.smtp import EmailBackend, QuotingSMTP, QuotingSMTPOverTLS

CARRIERS = ["a..b@docomo.ne.jp", "a.@ezweb.ne.jp", ".a@docomo.ne.jp"]


class Wire(QuotingSMTP):
    """Writes down what it would send."""

    def putcmd(self, cmd, args=""):
        self.sent = f"{cmd} {args}"

    def getreply(self):
        return 250, b"OK"


def quoted(address):
    local, domain = address.split("@")
    return f'"{local}"@{domain}'


@pytest.mark.parametrize("address", CARRIERS)
def test_a_recipient_is_named_to_the_server_in_quotation_marks(address):
    wire = Wire()
    wire.rcpt(address)

    assert wire.sent == f"rcpt TO:<{quoted(address)}>"


@pytest.mark.parametrize("address", ["kei.sato@docomo.ne.jp", "k@xn--r8jz45g.jp"])
def test_every_other_recipient_is_named_as_it_is(address):
    wire = Wire()
    wire.rcpt(address)

    assert wire.sent == f"rcpt TO:<{address}>"


def test_every_way_to_the_server_does_so():
    assert EmailBackend(use_ssl=False, use_tls=True).connection_class is QuotingSMTP
    assert EmailBackend(use_ssl=True, use_tls=False).connection_class is QuotingSMTPOverTLS
