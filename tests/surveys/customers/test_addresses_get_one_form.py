"""Addresses that came in before each had one form get it, where it is nobody else's."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command

from surveys.models import Customer
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def customers(*emails):
    for email in emails:
        Customer.objects.create(email=email)


def emails():
    return list(Customer.objects.order_by("pk").values_list("email", flat=True))


def upgrade():
    import_module("surveys.migrations.0005_addresses_have_one_form").give_one_form(apps, None)


def test_an_address_gets_its_one_form():
    customers("k@例え.jp", "Kei@Example.com", "a..b@docomo.ne.jp")

    upgrade()

    assert emails() == ["k@xn--r8jz45g.jp", "Kei@example.com", "a..b@docomo.ne.jp"]


def test_one_that_is_anothers_already_is_left_and_told(capsys):
    customers("k@xn--r8jz45g.jp", "K@例え.jp")

    upgrade()

    assert emails() == ["k@xn--r8jz45g.jp", "K@例え.jp"]
    assert "K@例え.jp is left as it is" in capsys.readouterr().out


def test_of_two_that_become_one_the_first_has_it():
    customers("k@例え.jp", "k@例え。jp", "no address")

    upgrade()

    assert emails() == ["k@xn--r8jz45g.jp", "k@例え。jp", "no address"]


@pytest.mark.parametrize(
    "asked", ["K@例え.JP", "k@xn--r8jz45g.jp", "Kei <k@例え.jp>", " k@例え.jp "]
)
def test_a_customer_is_found_however_the_address_is_written(asked):
    customers("k@xn--r8jz45g.jp")

    assert Customer.objects.at(asked).count() == 1
    assert Customer.objects.at_any([asked, "other@example.com"]).count() == 1


def test_people_read_the_domain_in_its_script():
    customers("k@xn--r8jz45g.jp")

    assert str(Customer.objects.get()) == "k@例え.jp"


def test_invitations_find_them_too(capsys):
    customers("k@xn--r8jz45g.jp")
    survey = make.survey()

    call_command("invite", survey.slug, emails=["ｋ＠例え．ｊｐ", "nobody@example.com"])

    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "1 asked"
    assert said.err == "nobody@example.com is not a customer’s address.\n"


@pytest.mark.parametrize("address", ["a..b@docomo.ne.jp", "k@xn--r8jz45g.jp"])
def test_a_customer_may_have_such_an_address(address):
    Customer(email=address).full_clean()
