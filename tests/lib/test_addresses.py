"""However an address is written, it has one form; and what cannot be mailed is told."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import addresses
from lib.addresses import AddressFormField, InvalidAddress

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.mark.parametrize(
    "written",
    [
        "kei@example.com", " kei@example.com\u3000", "kei@EXAMPLE.com", "kei@example.com.",
        "ｋｅｉ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kei＠example。com", "Kei Sato <kei@example.com>",
        "佐藤　恵 ＜kei@example.com＞", '"Sato, Kei" <kei@example.com>', "<kei@example.com>",
        "kei@example.com (Kei Sato)", "mailto:kei@example.com", "E-mail: kei@example.com",
        "MAILTO:kei@example.com?subject=Hi", "kei@example.com;", "kei@example.com、",
        "kei@example.com。", "「kei@example.com」", "【kei@example.com】",
        "・kei@example.com", "'kei@example.com'", "kei\u200b@example.com",
        "\ufeffkei@example.com", "\u202akei@example.com\u202c", "kei@example.com\u00a0",
        "kei@example.com\n", "kei@example.com, kei@example.com", '"kei"@example.com',
    ],
)  # fmt: skip
def test_what_stands_around_an_address_is_no_part_of_it(written):
    assert addresses.parse(written) == "kei@example.com"


@pytest.mark.parametrize(
    "written", ["k@例え.jp", "k@xn--r8jz45g.jp", "k@XN--R8JZ45G.JP", "k@例え。ｊｐ", "k@例え.jp."]
)
def test_a_domain_in_another_script_is_one_domain(written):
    assert addresses.parse(written) == "k@xn--r8jz45g.jp"


def test_people_read_a_domain_in_its_own_script():
    assert addresses.shown("k@xn--r8jz45g.jp") == "k@例え.jp"
    assert addresses.shown("k@example.com") == "k@example.com"
    assert addresses.shown("k@xn--a.jp") == "k@xn--a.jp"  # no script has that


def test_capitals_before_the_at_stay_and_make_no_other_address():
    assert addresses.parse("Kei@Example.com") == "Kei@example.com"
    assert addresses.key("KEI@例え.jp") == addresses.key("kei@xn--r8jz45g.jp")


@pytest.mark.parametrize(
    "address",
    [
        "a..b@docomo.ne.jp", "a.@ezweb.ne.jp", ".a@docomo.ne.jp", "..kame@au.com",
        "a...b.@t.vodafone.ne.jp", "a_.@softbank.ne.jp", "a..b@i.softbank.jp", "-..a@ymobile.ne.jp",
    ],
)  # fmt: skip
def test_carriers_dots_are_dots(address):
    assert addresses.parse(address) == address
    local, domain = address.split("@")
    assert addresses.for_mail(address) == f'"{local}"@{domain}'
    assert addresses.parse(addresses.for_mail(address)) == address


def test_other_addresses_go_on_a_mail_as_they_are():
    assert addresses.for_mail("kei.sato@docomo.ne.jp") == "kei.sato@docomo.ne.jp"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "it has no email address"),
        ("tanaka@", "“tanaka@” is not an email address"),
        ("a..b@example.com", "“a..b@example.com” is not an email address"),
        ("...@docomo.ne.jp", "“...@docomo.ne.jp” is not an email address"),
        ("a b@example.com", "“a b@example.com” is not an email address"),
        ("kei @ example.com", "“kei @ example.com” is not an email address"),
        ("a@b@example.com", "“a@b@example.com” is not an email address"),
        ("=cmd|x", "“=cmd|x” is not an email address"),
        ("kei@exam_ple.com", "“kei@exam_ple.com” is not an email address"),
        ("佐藤@example.com",
         "“佐藤@example.com” has letters before the @ that most mail servers refuse"),
        ("a@x.jp, b@x.jp", "“a@x.jp, b@x.jp” has several email addresses where one belongs"),
        ("a@x.jp\nb@x.jp", "“a@x.jp b@x.jp” has several email addresses where one belongs"),
        ("A <a@x.jp>; B <b@x.jp>",
         "“A <a@x.jp>; B <b@x.jp>” has several email addresses where one belongs"),
        (f"{'a' * 250}@example.com", f"the email address “{'a' * 59}…” is too long"),
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_told(written, reason):
    with pytest.raises(InvalidAddress) as told:
        addresses.parse(written)

    assert str(told.value) == reason
    assert not addresses.is_one(written)


@settings(deadline=None)
@given(st.from_regex(addresses.PLAIN) | st.from_regex(r"[A-Za-z.+_-]{1,8}@[a-z.-]{1,9}\Z"))
def test_what_is_taken_as_it_stands_is_what_a_closer_look_makes_of_it(text):
    with pytest.MonkeyPatch.context() as patch:
        at_once = _parsed(text)
        patch.setattr(addresses, "PLAIN", re.compile("(?!)"))
        assert at_once == _parsed(text)


def _parsed(text):
    try:
        return addresses.parse(text)
    except InvalidAddress as invalid:
        return str(invalid)


def test_a_field_of_a_form_gives_the_one_form():
    assert AddressFormField().clean("ｋ＠例え．ｊｐ") == "k@xn--r8jz45g.jp"
    assert AddressFormField(required=False).clean("") == ""


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("tanaka@", "This is not an email address; one looks like name@example.com."),
        (f"{'a' * 250}@example.com", "An email address has 254 characters at most."),
    ],
)
def test_a_field_of_a_form_says_what_is_wrong(written, error):
    with pytest.raises(ValidationError) as told:
        AddressFormField().clean(written)

    assert told.value.messages == [error]
