"""Those who asked for a fix get one mail: their words, and what was done."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from reports.fixes import notify
from reports.fixes.ship import ship
from reports.models import Notice
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def shipped(*feedback, **words):
    fix = make.fix(*feedback, **words)
    ship(fix, by=make.staff(), now=timezone.now())
    return fix


def test_a_japanese_customer_reads_her_own_words_and_what_was_done():
    hanako = make.customer(language="ja", name="山田花子")
    said = make.feedback("検索が遅くて困っています。", by=hanako)
    Feedback.objects.update(received_at=datetime(2026, 3, 31, 15, tzinfo=UTC))
    shipped(said, we_did_ja="検索を10倍速くしました。", we_did_en="Search is ten times faster.")

    notify.send_due_notices()

    message = mail.outbox[0]
    assert message.to == [hanako.email]
    assert message.subject == "お声が届きました。こう変わりました"
    assert "山田花子 様" in message.body
    assert (
        "2026年4月1日(水)に、このようなお声をいただきました。\n\n「検索が遅くて困っています。」"
        in message.body
    )
    assert "検索を10倍速くしました。" in message.body
    assert "https://todoku.example/you-said/?lang=ja" in message.body


def test_an_english_customer_reads_english():
    shipped(
        make.feedback("Search is slow.", by=make.customer(language="en")),
        we_did_ja="検索を10倍速くしました。",
        we_did_en="Search is ten times faster.",
    )

    notify.send_due_notices()

    message = mail.outbox[0]
    assert message.subject == "Your voice arrived: here is what we did"
    assert "“Search is slow.”" in message.body
    assert "Search is ten times faster." in message.body


def test_what_is_not_written_in_their_language_comes_in_the_other():
    shipped(
        make.feedback("Slow", by=make.customer(language="en")),
        we_did_ja="速くしました。",
        we_did_en="",
    )

    notify.send_due_notices()

    assert "速くしました。" in mail.outbox[0].body


def test_the_mail_says_how_to_stop_and_is_known_by_its_number():
    customer = make.customer()
    shipped(make.feedback("Slow", by=customer))

    notify.send_due_notices()

    message, notice = mail.outbox[0], Notice.objects.get()
    stop = "https://todoku.example" + customer.unsubscribe_path
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert message.extra_headers["Message-ID"] == f"<notice-{notice.pk}@todoku.example>"
    assert stop in message.body
    assert message.alternatives[0][0].count(stop) == 1


def test_words_in_the_mail_cannot_become_markup():
    shipped(make.feedback("<img src=x> & <b>slow</b>", by=make.customer()))

    notify.send_due_notices()

    html = mail.outbox[0].alternatives[0][0]
    assert "&lt;img src=x&gt; &amp; &lt;b&gt;slow&lt;/b&gt;" in html
    assert "“<img src=x> & <b>slow</b>”" in mail.outbox[0].body


def test_who_unsubscribed_meanwhile_is_skipped_and_staff_see_why():
    customer = make.customer()
    shipped(make.feedback("Slow", by=customer))
    customer.unsubscribe(timezone.now())

    notify.send_due_notices()

    notice = Notice.objects.get()
    assert mail.outbox == []
    assert (notice.outcome, notice.reason) == ("skipped", "unsubscribed")


def test_ringing_twice_sends_once():
    shipped(
        make.feedback("Slow", by=make.customer()),
        make.feedback("遅い", by=make.customer(language="ja")),
    )

    assert (notify.send_due_notices(), notify.send_due_notices()) == (2, 0)

    assert len(mail.outbox) == 2
    assert {notice.outcome for notice in Notice.objects.all()} == {"sent"}


@pytest.mark.usefixtures("in_english")
def test_staff_can_send_all_that_is_due_without_a_worker(capsys):
    make.invitation()
    make.claim()
    shipped(make.feedback("Slow", by=make.customer()))

    call_command("send_due")

    assert capsys.readouterr().out == (
        "1 invitations, 1 requests to confirm an address, 0 replies and 1 notices "
        "were dealt with.\n"
    )
    assert len(mail.outbox) == 3
