"""Staff at the desk: who only says to be a customer is told from who is one."""

import pytest
from django.utils import timezone

from surveys.models import AddressClaim, ClaimedAddress, Customer
from surveys.responses import claim_address
from tests import make
from tests.surveys.admin.admin_client import act, messages, page_of

pytestmark = pytest.mark.django_db


def test_the_responses_say_who_their_author_says_to_be(desk):
    claim = make.claim("Too slow", email="k@example.com")

    for page in (page_of("response"), page_of("response", "change", claim.response.pk)):
        assert "Says to be k@example.com, not confirmed." in desk.get(page).content.decode()


def test_the_page_of_the_words_says_it_and_tells_nothing_of_the_customer_there(desk):
    known = make.customer(name="Hanna")
    make.feedback("Something else of hers", by=known)
    item = make.claim("Too slow", email=known.email).response.feedback
    address = f"/admin/voc/feedback/{item.pk}/change/"

    page = desk.get(address).content.decode()
    assert f"Says to be {known.email}, not confirmed." in page
    assert "Something else of hers" not in page
    assert "Hanna" not in page

    claim_address.confirm(AddressClaim.objects.get(), now=timezone.now())
    page = desk.get(address).content.decode()
    assert "Confirmed by the owner of the address." in page
    assert "Something else of hers" in page


def test_what_was_denied_is_said_without_the_address(desk):
    claim = make.claim("Too slow", email="k@example.com")
    claim_address.deny(claim, now=timezone.now())

    page = desk.get(f"/admin/voc/feedback/{claim.response.feedback.pk}/change/").content.decode()

    assert "I did not write this." in page
    assert "k@example.com" not in page


def test_the_mails_are_listed_with_their_state(desk):
    make.claim(email="k@example.com")

    page = desk.get(page_of("claimedaddress")).content.decode()

    assert "k@example.com" in page
    assert "1 response" in page


def test_staff_are_not_handed_the_link_that_confirms(desk):
    claimed = make.claim().claimed

    for page in (page_of("claimedaddress"), page_of("claimedaddress", "change", claimed.pk)):
        html = desk.get(page).content.decode()
        assert "/c/" not in html
        assert "/r/" not in html


def test_addresses_are_deleted_after_asking(desk):
    claimed = make.claim(email="k@example.com").claimed

    asked = act(desk, "claimedaddress", "forget", [claimed])
    assert ClaimedAddress.objects.get().address == "k@example.com"
    assert "What was written with them stays" in asked.content.decode()

    done = act(desk, "claimedaddress", "forget", [claimed], asked="yes")
    assert messages(done) == ["1 address deleted."]
    assert (ClaimedAddress.objects.get().address, AddressClaim.objects.count()) == ("", 0)


def test_who_deletes_a_customer_deletes_the_address_here_too(desk):
    known = make.customer()
    make.claim(email=known.email)

    desk.post(page_of("customer", "delete", known.pk), {"post": "yes"})

    assert not Customer.objects.exists()
    assert (ClaimedAddress.objects.get().address, AddressClaim.objects.count()) == ("", 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_long_list_costs_as_many_queries_as_a_short_one(desk, rows, django_assert_num_queries):
    for _ in range(rows):
        make.claim()
    for page, queries in ((page_of("claimedaddress"), 3), (page_of("response"), 5)):
        desk.get(page)  # what is looked up once and kept
        with django_assert_num_queries(queries):
            desk.get(page)
