"""Limits count callers: however an address is written, and all of what one caller was given."""

import pytest
from django.test import RequestFactory

from lib.access import addresses
from lib.http import middleware


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("2001:DB8:0::0001", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ('"[2001:db8::1]:4711"', "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:80", "192.0.2.1"),
        ("unknown", None),
        ("_hidden", None),
        ("", None),
        ("192.0.2.300", None),
        ("192.0.2", None),
        ("localhost", None),
        ("１９２.0.2.1", None),
    ],
)
def test_an_address_is_read_however_a_proxy_writes_it(written, address):
    assert addresses.read(written) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("", ""),
    ],
)
def test_a_caller_is_an_address_or_the_network_of_one_household(address, network):
    assert addresses.network(address) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "6.6.6.6, 198.51.100.1:4711", "198.51.100.1"),
        (1, "6.6.6.6, [2001:db8::1]:4711", "2001:db8::1"),
        (1, "6.6.6.6, ::ffff:198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, unknown", "192.0.2.9"),
        (1, "6.6.6.6,", "192.0.2.9"),
        (1, ",", "192.0.2.9"),
        (2, "6.6.6.6", "192.0.2.9"),
        (3, "6.6.6.6, 198.51.100.1", "192.0.2.9"),
        (-1, "6.6.6.6", "192.0.2.9"),
    ],
)
def test_what_no_trusted_proxy_wrote_is_not_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies

    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="192.0.2.9"
    )

    assert middleware.address_of(request) == address


def test_a_caller_without_an_address_is_one_caller(settings):
    assert middleware.network_of(RequestFactory().get("/", REMOTE_ADDR="")) == ""
