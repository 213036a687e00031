"""A worker is killed in the middle of 200 sends, and another goes on."""

from collections import Counter

from django.utils import timezone

from lib.mail.outbox import LOST_AFTER
from surveys.models import Invitation
from tests import make
from tests.parts.server import wait_until

ALL = 200


def invite(count):
    wave = make.wave()
    waiting = [Invitation(wave=wave, customer=make.customer(language="ja")) for _ in range(count)]
    Invitation.objects.bulk_create(waiting)


def test_a_killed_worker_doubles_no_mail_and_leaves_nobody_out(smtp, beat, worker):
    invite(ALL)
    smtp.slow(20)
    beat(BELL_EVERY_SECONDS="0.5")
    first = worker(concurrency=2)

    smtp.wait_for(60)
    first.kill()
    mailed_before = len(smtp.mails)
    smtp.accept()
    first.start()
    wait_until(lambda: not Invitation.objects.waiting().exists(), "no invitation waits", first.tail)
    wait_until(lambda: in_flight() <= 2, "the last mails are settled", first.tail)

    assert 60 <= mailed_before < ALL, "the kill must land in the middle"
    settle_what_the_killed_worker_left()
    ends = Counter(Invitation.objects.values_list("outcome", flat=True))
    assert ends["sent"] + ends["uncertain"] == ALL
    assert ends["uncertain"] <= 2, "one mail at most for each killed process"
    sent_to = set(Invitation.objects.sent().values_list("customer__email", flat=True))
    received = Counter(mail.to[0] for mail in smtp.mails)
    assert set(received.values()) == {1}
    assert sent_to <= received.keys()


def in_flight():
    return Invitation.objects.filter(outcome=None).count()


def ended(outcome):
    return Invitation.objects.filter(outcome=outcome).count()


def settle_what_the_killed_worker_left():
    Invitation.objects.settle_lost(timezone.now() + LOST_AFTER)


def test_a_mail_server_that_says_no_leaves_a_reason(smtp, beat, worker):
    invite(3)
    smtp.refuse(550)
    beat(BELL_EVERY_SECONDS="0.5")
    running = worker()

    wait_until(
        lambda: Invitation.objects.filter(outcome="refused").count() == 3,
        "all refused",
        running.tail,
    )

    assert len(smtp.refused) == 3
    assert all("550" in reason for reason in Invitation.objects.values_list("reason", flat=True))


def test_a_line_that_breaks_after_the_mail_is_uncertain_and_never_tried_again(smtp, beat, worker):
    invite(1)
    smtp.drop()
    beat(BELL_EVERY_SECONDS="0.5")
    running = worker()

    wait_until(
        lambda: Invitation.objects.filter(outcome="uncertain").exists(),
        "it is settled",
        running.tail,
    )
    smtp.accept()
    invite(1)
    smtp.wait_for(2)

    assert Counter(mail.outcome for mail in smtp.mails) == {"dropped": 1, "accepted": 1}


def test_a_mail_server_that_is_down_leaves_everyone_waiting(smtp, beat, worker):
    smtp.kill()
    invite(5)
    beat(BELL_EVERY_SECONDS="0.5")
    worker()
    assert Invitation.objects.waiting().count() == 5

    smtp.start()
    smtp.wait_for(5)

    assert len({mail.to[0] for mail in smtp.mails}) == 5


def test_a_broker_that_was_emptied_costs_only_seconds(redis, smtp, beat, worker):
    beat(BELL_EVERY_SECONDS="0.5")
    worker()
    invite(20)
    redis.ask("FLUSHALL")

    smtp.wait_for(20)

    assert len({mail.to[0] for mail in smtp.mails}) == 20
