"""/c/<token>/: the owner of an address says which words are theirs."""

import re

import pytest
from django.db import connection

from lib import tokens
from surveys.models import AddressClaim, ClaimedAddress, Customer, Response
from tests import make

pytestmark = pytest.mark.django_db

A_PERSON = {"touched": "1", "scripted": "1"}


@pytest.fixture
def claim():
    return make.claim("More colours, please", email="hanna@example.com")


@pytest.fixture
def url(claim):
    return claim.claimed.get_absolute_url()


def is_confirmed():
    return Response.objects.exclude(customer=None).exists()


def test_the_page_shows_each_of_the_words_and_asks(client, claim, url):
    make.claim("And cheaper", email="HANNA@example.com")

    page = client.get(url).content.decode()

    assert "Did you write this?" in page
    assert "More colours, please" in page
    assert "And cheaper" in page
    assert page.count('name="yes"') == page.count('name="no"') == 2


def test_opening_the_page_confirms_nothing(client, url):
    client.get(url)
    client.head(url)

    assert not is_confirmed()


def test_yes_makes_it_the_voice_of_the_address(client, claim, url):
    page = client.post(url, {"yes": claim.pk, **A_PERSON}, follow=True)

    assert Response.objects.get().customer == Customer.objects.get(email="hanna@example.com")
    assert page.redirect_chain == [(f"{url}?lang=en", 303)]
    assert "That is settled." in page.content.decode()


def test_no_cuts_the_claim_and_deletes_the_address(client, claim, url):
    client.post(url, {"no": claim.pk, **A_PERSON})

    claim.refresh_from_db()
    assert claim.denied_at
    assert (ClaimedAddress.objects.get().address, Customer.objects.count()) == ("", 0)


def test_yes_to_one_of_the_words_says_nothing_of_the_others(client, claim, url):
    other = make.claim("Buy at evil.example", email="hanna@example.com")

    client.post(url, {"yes": claim.pk, **A_PERSON})
    page = client.get(url).content.decode()

    other.response.refresh_from_db()
    assert other.response.customer is None
    assert "More colours" not in page
    assert f'value="{other.pk}"' in page


def test_a_strangers_link_is_no_link_on_our_page(client):
    url = make.claim("Your parcel: https://evil.example/x or 03-1234-5678").claimed
    page = client.get(url.get_absolute_url()).content.decode()

    assert "Your parcel: [link] or [phone number]" in page
    assert "evil" not in page


@pytest.mark.parametrize("signs", [{"scripted": "1"}, {}])
@pytest.mark.parametrize("button", ["yes", "no"])
def test_what_a_mail_scanner_presses_decides_nothing(client, claim, url, button, signs):
    for _press in range(3):
        page = client.post(url, {button: claim.pk, **signs})

    claim.refresh_from_db()
    assert claim.is_open
    assert "One more press, please" in page.content.decode()


def test_without_scripts_one_more_press_is_a_persons(client, claim, url, clock):
    page = client.post(url, {"yes": claim.pk}).content.decode()
    again = re.search(r'name="again" value="([^"]+)"', page)[1]
    assert 'name="no"' not in page

    clock.wait(seconds=1)
    client.post(url, {"yes": claim.pk, "again": again})
    assert not is_confirmed()

    clock.wait(seconds=2)
    client.post(url, {"yes": claim.pk, "again": again})
    assert is_confirmed()


def test_pressing_back_and_the_other_button_changes_nothing(client, claim, url):
    client.post(url, {"yes": claim.pk, **A_PERSON})

    page = client.post(url, {"no": claim.pk, **A_PERSON})

    assert page.status_code == 303
    assert is_confirmed()


@pytest.mark.parametrize("said", [{}, {"yes": "x"}, {"yes": "9" * 40}, {"no": "\0"}, {"yes": ""}])
def test_what_is_no_answer_to_any_of_them_shows_them_again(client, claim, url, said):
    page = client.post(url, {**said, **A_PERSON}, follow=True)

    assert (page.status_code, AddressClaim.objects.open().count()) == (200, 1)


def test_nobody_confirms_the_words_given_with_another_address(client, claim):
    mine = make.claim(email="other@example.com")

    client.post(mine.claimed.get_absolute_url(), {"yes": claim.pk, **A_PERSON})

    assert not is_confirmed()


@pytest.mark.parametrize("purpose", ["answer", "unsubscribe", "no-confirmation"])
def test_a_link_of_another_kind_opens_nothing_here(client, claim, purpose):
    assert client.get(f"/c/{tokens.make(purpose, claim.claimed_id)}/").status_code == 404


def test_a_page_in_the_language_of_the_form(client):
    url = make.claim(language="ja").claimed.get_absolute_url()

    assert "こちらをお書きになりましたか？" in client.get(url).content.decode()


def test_the_words_of_who_has_stopped_such_mails_are_not_asked_about(client, claim, url):
    stop = claim.claimed.stop_path
    asked = client.get(stop)
    assert asked.templates[0].name == "surveys/stop_confirming.html"
    assert ClaimedAddress.objects.get().stopped_at is None

    page = client.post(
        stop, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert page.status_code == 200
    assert ClaimedAddress.objects.get().stopped_at
    assert "There is nothing to confirm" in client.get(url).content.decode()


def test_the_form_and_its_thanks_do_not_tell_whether_an_address_is_known(
    client, django_assert_num_queries
):
    known, form = make.customer(), make.survey(kind="feedback").get_absolute_url()
    client.post(form, {"words": "The first one", "email": "first@example.com"})
    statements = 18 if connection.vendor == "postgresql" else 20
    pages = []
    for number, email in enumerate(["new@example.com", known.email]):
        with django_assert_num_queries(statements):
            client.post(f"{form}?lang=en", {"words": f"Hello {number}", "email": email})
        pages.append(client.get(f"{form}thanks/?lang=en").content)

    assert pages[0] == pages[1]
    assert b"a mail will ask you to confirm it" in pages[0]


def test_whoever_gives_many_addresses_has_nobody_written_to(client):
    form = make.survey(kind="feedback").get_absolute_url()
    for number in range(7):
        page = client.post(form, {"words": f"{number}", "email": f"{number}@example.com"})
        assert page.status_code == 303

    assert ClaimedAddress.objects.waiting().count() == 5
    assert ClaimedAddress.objects.filter(reason="too_many").count() == 2
    assert AddressClaim.objects.count() == 7


def test_no_statement_more_for_three_words_than_for_one(
    client, claim, url, django_assert_num_queries
):
    with django_assert_num_queries(3):
        client.get(url)
    for number in range(2):
        make.claim(f"More {number}", email="hanna@example.com")
    with django_assert_num_queries(3):
        client.get(url)
