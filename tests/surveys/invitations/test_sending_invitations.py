"""The mail that carries the question: at most once each, and no one left out in silence."""

from datetime import timedelta
from smtplib import (
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from unittest.mock import patch

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from lib.mail.compose import compose as real_compose
from lib.mail.deliver import FIRST_PAUSE, MOST_ATTEMPTS
from lib.mail.ledger import Ledger
from lib.mail.outbox import LOST_AFTER
from lib.mail.smtp import NotSent
from surveys.invitations import send
from surveys.models import Invitation
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

send_due = send.send_due_invitations


def answer_of_the_server(*answers):
    """What happens to one mail after the other: an error is raised, None lets it through."""
    return patch.object(EmailMultiAlternatives, "send", side_effect=[a or 1 for a in answers])


def recipient_refused(code, words=b"no such user"):
    return SMTPRecipientsRefused({"customer@example.com": (code, words)})


def ends():
    rows = Invitation.objects.order_by("pk").values_list("outcome", "reason")
    return [(outcome, reason) for outcome, reason in rows]


def test_it_carries_the_question_and_the_link(mailoutbox):
    invitation = make.invitation()

    assert send_due() == 1

    (message,) = mailoutbox
    assert message.to == [invitation.customer.email]
    assert invitation.get_absolute_url() in message.body
    assert ends() == [("sent", "")]


def test_it_is_written_in_the_language_of_the_reader(mailoutbox):
    make.invitation(to=make.customer(language="ja"))
    make.invitation(to=make.customer(language="en"))

    send_due()

    japanese, english = (message.body for message in mailoutbox)
    assert "友人や同僚に薦める可能性" in japanese
    assert "recommend" in english


def test_it_goes_out_once_however_often_the_bell_rings(mailoutbox):
    make.invitation()

    assert [send_due(), send_due()] == [1, 0]

    assert len(mailoutbox) == 1


def test_it_waits_until_it_is_due(mailoutbox):
    make.invitation(in_days=1)

    assert send_due() == 0

    assert mailoutbox == []


def test_whoever_unsubscribed_meanwhile_is_skipped_with_the_reason(mailoutbox):
    invitation = make.invitation()
    invitation.customer.unsubscribe(timezone.now())

    send_due()

    assert (mailoutbox, ends()) == ([], [("skipped", "unsubscribed")])
    assert Invitation.objects.get().why == "does not want mail from us"


def test_a_survey_that_closed_meanwhile_asks_nobody(mailoutbox):
    invitation = make.invitation()
    survey = invitation.wave.survey
    survey.state = survey.State.CLOSED
    survey.save()

    send_due()

    assert (mailoutbox, ends()) == ([], [("skipped", "survey_closed")])


def test_while_the_mail_server_is_down_nothing_is_handed_over():
    make.invitation()

    with patch.object(EmailBackend, "open", side_effect=ConnectionRefusedError("refused")):
        assert send_due() == 0

    invitation = Invitation.objects.waiting().get()
    assert (invitation.attempts, invitation.handed_at) == (0, None)


def test_a_server_that_does_not_let_us_in_is_a_server_that_is_down():
    make.invitation()

    with patch.object(EmailBackend, "open", side_effect=SMTPConnectError(421, b"too busy")):
        assert send_due() == 0

    assert Invitation.objects.waiting().count() == 1


@pytest.mark.parametrize(
    "no",
    [
        recipient_refused(550),
        SMTPSenderRefused(553, b"no such user", "voice@todoku.example"),
        SMTPDataError(554, b"no such user"),
    ],
)
def test_a_no_is_final_and_the_others_still_go(no):
    first, second = make.invitation(), make.invitation()

    with answer_of_the_server(no, None):
        assert send_due() == 2

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.outcome, first.reason[4:]) == ("refused", "no such user")
    assert second.outcome == "sent"


def test_a_later_is_tried_again_after_longer_and_longer_pauses():
    invitation = make.invitation()
    pauses = []

    for _ in range(MOST_ATTEMPTS - 1):
        before = timezone.now()
        with answer_of_the_server(recipient_refused(451, b"greylisted")):
            assert send_due() == 1
        invitation.refresh_from_db()
        assert (invitation.outcome, invitation.handed_at) == (None, None)
        pauses.append((invitation.send_after - before) // FIRST_PAUSE)
        Invitation.objects.update(send_after=before)

    assert pauses == [1, 2, 4, 8, 16]


def test_a_later_that_comes_too_often_is_a_no():
    make.invitation()
    Invitation.objects.update(attempts=MOST_ATTEMPTS - 1)

    with answer_of_the_server(recipient_refused(451, b"greylisted")):
        send_due()

    assert ends() == [("refused", "451 greylisted")]


@pytest.mark.parametrize(
    "broken",
    [SMTPServerDisconnected("closed"), TimeoutError("closed"), RuntimeError("closed")],
)
def test_a_line_that_breaks_under_a_mail_leaves_it_uncertain_and_the_others_go(broken):
    make.invitation()
    make.invitation()

    with answer_of_the_server(broken, None):
        assert send_due() == 2

    assert ends() == [("uncertain", f"{type(broken).__name__}: closed"), ("sent", "")]


def test_a_line_that_broke_before_the_mail_was_on_it_sends_it_later():
    invitation = make.invitation()
    before = timezone.now()

    with answer_of_the_server(NotSent("gone")):
        assert send_due() == 1

    invitation.refresh_from_db()
    assert (invitation.outcome, invitation.handed_at) == (None, None)
    assert (invitation.attempts, invitation.reason) == (1, "NotSent: gone")
    assert invitation.send_after - before >= FIRST_PAUSE


def test_an_answer_that_is_no_answer_leaves_it_uncertain():
    make.invitation()

    with answer_of_the_server(SMTPDataError(-1, b"gibberish")):
        send_due()

    assert ends() == [("uncertain", "-1 gibberish")]


def test_one_mail_that_cannot_be_put_on_the_line_is_refused_and_the_others_go(mailoutbox):
    first = make.invitation()
    type(first.customer).objects.filter(pk=first.customer.pk).update(
        email="a@example.com\nBcc: b@c.d"
    )
    make.invitation()

    assert send_due() == 2

    (refused, _words), sent = ends()
    assert (refused, sent) == ("refused", ("sent", ""))
    assert len(mailoutbox) == 1


def test_one_mail_that_cannot_be_written_is_refused_and_the_others_go(mailoutbox, caplog):
    make.invitation()
    make.invitation()
    written = [KeyError("name"), EmailMultiAlternatives("Hello", to=["a@example.com"])]

    with patch.object(send, "compose", side_effect=written):
        assert send_due() == 2

    assert ends() == [("refused", "KeyError: 'name'"), ("sent", "")]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_an_address_that_is_empty_is_no_address():
    invitation = make.invitation()
    type(invitation.customer).objects.update(email="")

    send_due()

    assert ends() == [("refused", "no_recipient")]


def test_a_worker_that_dies_on_the_way_leaves_one_mail_on_its_way_and_the_rest_waiting():
    make.invitation()
    make.invitation()

    with answer_of_the_server(KeyboardInterrupt()), pytest.raises(KeyboardInterrupt):
        send_due()

    assert Invitation.objects.on_their_way().count() == 1
    assert Invitation.objects.waiting().count() == 1


def test_what_a_dead_worker_left_is_called_uncertain_when_nobody_comes_back(mailoutbox):
    make.invitation()
    Invitation.objects.update(handed_at=timezone.now() - LOST_AFTER)

    assert send_due() == 0

    assert (mailoutbox, ends()) == ([], [("uncertain", "worker_stopped")])


def test_what_another_worker_is_just_sending_is_left_to_it(mailoutbox):
    make.invitation()
    Invitation.objects.update(handed_at=timezone.now() - LOST_AFTER + timedelta(seconds=5))

    send_due()

    assert (mailoutbox, ends()) == ([], [(None, "")])


def test_of_two_workers_at_one_mail_one_hands_it_over():
    pk = make.invitation().pk
    one, other = Ledger(send.Asked.query()), Ledger(send.Asked.query())

    handed = [ledger.hand_over(pk, timezone.now()) is not None for ledger in (one, other)]

    assert handed == [True, False]
    assert Invitation.objects.get().attempts == 1


def test_what_failed_may_be_sent_again_and_what_arrived_may_not(mailoutbox):
    for outcome in ["sent", "refused", "skipped", "uncertain"]:
        Invitation.objects.filter(pk=make.invitation().pk).update(
            outcome=outcome, handed_at=timezone.now(), attempts=MOST_ATTEMPTS, reason="550 no"
        )

    assert Invitation.objects.send_again(timezone.now()) == 2
    assert send_due() == 2

    assert [outcome for outcome, _reason in ends()] == ["sent", "sent", "skipped", "sent"]
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("looked_for", [Invitation.objects.due, Invitation.objects.lost])
def test_a_bell_need_not_read_all_that_was_ever_sent(looked_for):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # it would read a short table whole

    assert "invitations_waiting" in looked_for(timezone.now()).order_by().explain()


def test_a_batch_begins_without_sorting_all_that_wait():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Both are better for a short table. A sort that is switched off is done where it must.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")

    plan = Invitation.objects.with_a_mail().due(timezone.now()).explain()

    assert "invitations_waiting" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


def test_whoever_unsubscribes_in_the_middle_of_a_batch_gets_no_mail(mailoutbox):
    first, second = make.invitation(), make.invitation()
    with patch.object(send, "compose", side_effect=unsubscribing(second.customer)):
        send_due()

    assert [mail.to for mail in mailoutbox] == [[first.customer.email]]
    assert ends() == [("sent", ""), ("skipped", "unsubscribed")]


def test_a_survey_that_closes_in_the_middle_of_a_batch_asks_nobody_else(mailoutbox):
    survey = make.survey()
    make.invitation(about=survey)
    make.invitation(about=survey)
    with patch.object(send, "compose", side_effect=closing(survey)):
        send_due()

    assert len(mailoutbox) == 1
    assert ends() == [("sent", ""), ("skipped", "survey_closed")]


def unsubscribing(customer):
    def compose(*args, **kwargs):
        customer.unsubscribe(timezone.now())
        return real_compose(*args, **kwargs)

    return compose


def closing(survey):
    def compose(*args, **kwargs):
        type(survey).objects.filter(pk=survey.pk).update(closes_at=timezone.now())
        return real_compose(*args, **kwargs)

    return compose


@pytest.mark.parametrize("mails", [2, 5])
def test_each_mail_costs_one_statement(mails, django_assert_num_queries):
    """On SQLite one transaction: a savepoint, how the last one ended, facts, handing over."""
    survey = make.survey()
    for _ in range(2):
        make.invitation(about=survey)
    send_due()  # PostgreSQL has planned the statements
    for _ in range(mails):
        make.invitation(about=survey)
    # Settling the lost; which are due (in a savepoint), the wordings, how the last one ended; which
    # are due then: none.
    around = 1 + 3 + 1 + 1 + 3
    each = mails if connection.vendor == "postgresql" else 5 * mails - 1
    with django_assert_num_queries(around + each):
        send_due()
