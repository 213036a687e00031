"""An address given in a form is a claim: only its owner makes the words a customer's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from surveys.models import AddressClaim, ClaimedAddress, Customer, Response
from surveys.responses import claim_address, send_confirmations, submit
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def said_by(response):
    return Response.objects.get(pk=response.pk).customer, Feedback.objects.get().customer


def test_a_strangers_words_are_not_those_of_the_customer_whose_address_they_give():
    known = make.customer()

    claim = make.claim("Send your password to evil.example", email=known.email.upper())

    assert said_by(claim.response) == (None, None)
    assert known.feedback.count() == known.responses.count() == 0
    assert Customer.objects.count() == 1


def test_an_address_makes_no_customer_who_could_be_invited():
    make.claim(email="hanna@example.com")

    assert not Customer.objects.exists()


def test_confirmed_words_are_the_voice_of_the_customer_at_the_address():
    known = make.customer()
    claim = make.claim(email=known.email.upper())

    assert claim_address.confirm(claim, now=timezone.now())

    assert said_by(claim.response) == (known, known)
    assert Customer.objects.count() == 1


def test_a_confirmed_address_that_we_did_not_know_is_a_customer_in_the_language_of_the_page():
    claim = make.claim(email="Hanna@example.com", language="ja")

    claim_address.confirm(claim, now=timezone.now())

    customer = Customer.objects.get()
    assert (customer.email, customer.language) == ("Hanna@example.com", "ja")
    assert said_by(claim.response) == (customer, customer)


def test_denied_words_stay_and_the_address_goes():
    claim = make.claim("Not mine", email="hanna@example.com")

    assert claim_address.deny(claim, now=timezone.now())

    assert Feedback.objects.get().text == "Not mine"
    assert ClaimedAddress.objects.get().address == ""
    assert not Customer.objects.exists()


def test_of_several_decisions_the_first_stands():
    claim, now = make.claim(), timezone.now()

    assert claim_address.deny(claim, now=now)
    assert not claim_address.confirm(claim, now=now)

    assert said_by(claim.response) == (None, None)


def test_words_denied_leave_others_of_the_same_address_open():
    theirs = make.claim(email="hanna@example.com")
    other = make.claim(email="hanna@example.com")

    claim_address.deny(other, now=timezone.now())
    claim_address.confirm(theirs, now=timezone.now())

    assert [response.customer is None for response in Response.objects.order_by("pk")] == [
        False,
        True,
    ]


def test_a_letter_that_a_database_takes_for_another_joins_no_customer():
    mike = Customer.objects.create(email="mike@example.org")
    claim = make.claim(email="m\u0131ke@example.org")

    claim_address.confirm(claim, now=timezone.now())

    assert said_by(claim.response)[0] != mike


def test_one_mail_a_day_goes_to_an_address_however_often_it_is_given():
    now = timezone.now()
    for hour in range(5):
        make.claim(email="Hanna@example.com", at=now + timedelta(hours=hour))

    send_confirmations.send_due_confirmations()

    claimed = ClaimedAddress.objects.get()
    assert len(mail.outbox) == 1
    assert claimed.claims.open().count() == 5

    make.claim(email="hanna@EXAMPLE.com", at=now + timedelta(hours=6))
    send_confirmations.send_due_confirmations()

    claimed.refresh_from_db()
    assert len(mail.outbox) == 1
    assert claimed.outcome is None
    assert claimed.send_after >= now + timedelta(days=1)


def test_the_next_mail_is_another_one_for_the_mail_server():
    make.claim(email="hanna@example.com")
    send_confirmations.send_due_confirmations()
    ClaimedAddress.objects.update(handed_at=timezone.now() - timedelta(days=2))
    make.claim(email="hanna@example.com")
    send_confirmations.send_due_confirmations()

    pk = ClaimedAddress.objects.get().pk
    assert [message.extra_headers["Message-ID"] for message in mail.outbox] == [
        f"<confirmation-{pk}-1@todoku.example>",
        f"<confirmation-{pk}-2@todoku.example>",
    ]


@pytest.mark.parametrize(
    ("language", "subject"),
    [("ja", "トドクへお声をお寄せくださいましたか？"), ("en", "Did you write to Todoku?")],
)
def test_the_mail_quotes_nothing_and_says_how_to_stop(language, subject):
    claim = make.claim("Visit evil.example/now", email="hanna@example.com", language=language)

    send_confirmations.send_due_confirmations()

    message, claimed = mail.outbox[0], claim.claimed
    html = message.alternatives[0][0]
    assert (message.to, message.subject) == (["hanna@example.com"], subject)
    for part in (message.body, html):
        assert "evil" not in part
        assert f"https://todoku.example{claimed.get_absolute_url()}" in part
        assert f"https://todoku.example{claimed.stop_path}" in part
    assert (
        message.extra_headers["List-Unsubscribe"] == f"<https://todoku.example{claimed.stop_path}>"
    )


def test_who_unsubscribed_gets_no_mail_and_staff_see_why():
    gone = make.customer(unsubscribed=True)
    make.claim(email=gone.email)

    send_confirmations.send_due_confirmations()

    assert mail.outbox == []
    claimed = ClaimedAddress.objects.get()
    assert (claimed.outcome, claimed.reason) == ("skipped", "unsubscribed")


def test_who_stopped_such_mails_is_left_alone_and_only_a_digest_is_kept():
    claim = make.claim(email="hanna@example.com")
    claim_address.stop(claim.claimed, now=timezone.now())

    said = submit.say(
        claim.response.survey,
        words="Again",
        email="HANNA@example.com",
        language="en",
        now=timezone.now(),
    )
    send_confirmations.send_due_confirmations()

    assert mail.outbox == []
    assert not AddressClaim.objects.filter(response=said).exists()
    assert [each.address for each in ClaimedAddress.objects.all()] == [""]


def test_stopping_also_unsubscribes_the_customer_at_the_address():
    known = make.customer()
    claim_address.stop(make.claim(email=known.email).claimed, now=timezone.now())

    known.refresh_from_db()
    assert known.unsubscribed_at is not None


def test_who_wanted_no_mail_is_known_after_the_key_has_changed(settings):
    claim_address.stop(make.claim(email="hanna@example.com").claimed, now=timezone.now())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another " * 10

    assert ClaimedAddress.objects.at("hanna@example.com").get().stopped_at


def test_what_was_settled_before_the_mail_left_needs_none():
    claim_address.deny(make.claim(), now=timezone.now())

    send_confirmations.send_due_confirmations()

    assert mail.outbox == []


def test_an_address_that_nobody_confirms_is_forgotten_after_a_month():
    silent, late = make.claim(email="silent@example.com"), make.claim(email="late@example.com")
    send_confirmations.send_due_confirmations()
    sent = timezone.now() - timedelta(days=31)
    ClaimedAddress.objects.filter(pk=silent.claimed_id).update(handed_at=sent)

    assert claim_address.forget_unconfirmed(timezone.now()) == 1

    assert [claim.pk for claim in AddressClaim.objects.all()] == [late.pk]
    assert {each.address for each in ClaimedAddress.objects.all()} == {"", "late@example.com"}
    assert Response.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_address_given_by_many_at_the_same_moment_is_one_row_and_one_mail():
    form = make.survey(kind="feedback")

    def write(words):
        try:
            make.claim(words, email="new@example.com", about=form)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        list(people.map(write, [f"Hello {number}" for number in range(8)]))
    send_confirmations.send_due_confirmations()

    assert (ClaimedAddress.objects.count(), AddressClaim.objects.count()) == (1, 8)
    assert len(mail.outbox) == 1
