"""Words given with somebody's address go to nobody until the owner says that they are theirs."""

import pytest
from django.core import mail
from django.utils import timezone

from reports.fixes import notify, record
from reports.fixes.ship import forecast, ship, tell_newcomers
from reports.models import Notice
from surveys.responses import claim_address
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db

PHISHING = "Your account is locked: https://evil.example/x or 03-1234-5678, or bit.ly/abc"


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def shipped(*items):
    fix = make.fix(*items)
    ship(fix, by=make.staff(), now=timezone.now())
    notify.send_due_notices()
    return fix


def test_a_shipped_fix_tells_nobody_of_words_that_nobody_confirmed():
    victim = make.customer()
    claim = make.claim(PHISHING, email=victim.email)
    fix = make.fix(claim.response.feedback)

    assert (forecast(fix).total, forecast(fix).nameless) == (0, 1)
    ship(fix, by=make.staff(), now=timezone.now())
    notify.send_due_notices()

    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_the_owner_who_confirms_later_is_told_with_those_who_were_added():
    claim = make.claim("Too slow", email="hanna@example.com")
    fix = shipped(claim.response.feedback)

    claim_address.confirm(claim, now=timezone.now())
    assert tell_newcomers(fix, by=make.staff(), now=timezone.now()) == 1
    notify.send_due_notices()

    (message,) = mail.outbox
    assert message.to == ["hanna@example.com"]
    assert "“Too slow”" in message.body


def test_a_customer_who_asked_as_well_is_quoted_their_own_words_alone():
    customer = make.customer()
    mine = make.feedback("Too slow", by=customer)
    claim = make.claim(PHISHING, email=customer.email)

    shipped(mine, claim.response.feedback)

    (message,) = mail.outbox
    assert "“Too slow”" in message.body
    assert "locked" not in message.body


def test_a_notice_that_waits_with_words_which_are_not_theirs_any_more_is_skipped():
    customer = make.customer()
    item = make.feedback(PHISHING, by=customer)
    ship(make.fix(item), by=make.staff(), now=timezone.now())
    Feedback.objects.update(customer=None)

    notify.send_due_notices()

    notice = Notice.objects.get()
    assert (notice.outcome, notice.reason, mail.outbox) == ("skipped", "unconfirmed", [])


def test_a_link_or_number_in_quoted_words_leads_nowhere_in_either_part_of_the_mail():
    shipped(make.feedback(PHISHING, by=make.customer()))

    message = mail.outbox[0]
    for part in (message.body, message.alternatives[0][0]):
        assert "Your account is locked: [link] or [phone number], or [link]" in " ".join(
            part.split()
        )
        assert not any(word in part for word in ("evil", "bit.ly", "1234"))


def test_a_name_with_a_link_in_it_leads_nowhere_either():
    shipped(make.feedback("Slow", by=make.customer(name="Win at evil.example/x")))

    for part in (mail.outbox[0].body, mail.outbox[0].alternatives[0][0]):
        assert "Dear Win at [link]," in part


def test_what_is_public_of_what_they_said_leads_nowhere(client):
    fix = make.fix(you_said_en="See www.evil.example", we_did_en="See www.ours.example")
    ship(fix, by=make.staff(), now=timezone.now())

    page = client.get("/you-said/", {"lang": "en"}).content.decode()

    assert "See [link]" in page
    assert "See www.ours.example" in page
    assert "evil" not in page


def test_staff_see_it_as_it_was_typed_and_never_as_a_link(desk):
    item = make.feedback(PHISHING)

    page = desk.get(f"/admin/voc/feedback/{item.pk}/change/").content.decode()

    assert "https://evil.example/x" in page
    assert 'href="https://evil' not in page


def test_the_recorded_fix_is_planned_for_the_words_all_the_same():
    claim = make.claim("Too slow")
    fix = make.fix()
    record.add(fix, asked_in=Feedback.objects.all(), by=make.staff())

    assert fix.feedback.get() == claim.response.feedback
