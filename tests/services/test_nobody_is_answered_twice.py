"""A worker is killed while it sends replies, and another goes on: nobody gets one twice."""

from collections import Counter

from django.utils import timezone

from lib.mail.outbox import LOST_AFTER
from tests import make
from tests.parts.server import wait_until
from voc.models import Case, Reply
from voc.replies import addresses, write
from voc.replies.receive import receive

ALL = 60


def write_replies(count):
    sato = make.staff()
    for _each in range(count):
        make.reply(
            "調べております。", to=make.case_of_words(by=make.customer(language="ja")), by=sato
        )


def test_a_killed_worker_answers_nobody_twice_and_every_case_knows(smtp, beat, worker):
    write_replies(ALL)
    smtp.slow(50)
    beat(BELL_EVERY_SECONDS="0.5")
    first = worker(concurrency=2)

    smtp.wait_for(15)
    first.kill()
    mailed_before = len(smtp.mails)
    smtp.accept()
    first.start()
    wait_until(lambda: not Reply.objects.waiting().exists(), "no reply waits", first.tail)
    wait_until(lambda: Reply.objects.filter(outcome=None).count() <= 2, "settled", first.tail)
    wait_until(lambda: not Reply.objects.not_told().exists(), "cases are told", first.tail)

    assert 15 <= mailed_before < ALL, "the kill must land in the middle"
    Reply.objects.settle_lost(timezone.now() + LOST_AFTER)
    ends = Counter(Reply.objects.values_list("outcome", flat=True))
    assert ends["sent"] + ends["uncertain"] == ALL
    assert ends["uncertain"] <= 2, "one mail at most for each killed process"
    assert set(Counter(mail.to[0] for mail in smtp.mails).values()) == {1}
    assert Case.objects.filter(state="waiting").count() == ends["sent"]


def test_what_a_real_server_took_threads_and_comes_back(smtp, beat, worker):
    case, sato = make.case_of_words("配送が遅い"), make.staff()
    draft = write.save(case, write.Words("", "", "ja"), by=sato, now=timezone.now())
    draft.attachments.create(
        name="見積.pdf", content_type="application/pdf", size=2_000, content=b"%PDF" * 500
    )
    reply = make.reply("調べております。", to=case, by=sato)
    beat(BELL_EVERY_SECONDS="0.5")
    running = worker(concurrency=1, REPLY_DOMAIN="in.todoku.example")

    (mail,) = smtp.wait_for(1)
    wait_until(lambda: Case.objects.get().state == "waiting", "the case waits", running.tail)

    assert mail.to == [case.customer.email]
    assert "調べております。" in mail.text
    assert "配送が遅い" in mail.text
    (file,) = mail.message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("見積.pdf", b"%PDF" * 500)
    assert addresses.replies_named([mail.message_id]) == [reply.pk]
    to = str(mail.message["Reply-To"])
    assert addresses.cases_named([to]) == [case.pk]

    answer = f"From: {case.customer.email}\nTo: {to}\nSubject: Re\n\nThank you"
    assert receive(answer.encode(), timezone.now()).case == case
    assert Case.objects.get().state == "open"
