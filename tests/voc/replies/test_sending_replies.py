"""The mail that answers a customer: at most once, to them alone, in their thread."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected
from unittest.mock import patch

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from lib.mail.outbox import LOST_AFTER
from surveys.models import Customer
from tests import make
from voc.models import Attachment, Case, CustomerMail, Feedback, Reply
from voc.replies import addresses, thread, write
from voc.replies.send import send_due_replies, tell_the_cases

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def ends():
    return list(Reply.objects.order_by("pk").values_list("outcome", "reason"))


def test_it_goes_to_the_customer_in_their_language_and_quotes_them_once(mailoutbox):
    hanna = make.customer(name="鈴木", language="ja")
    case = make.case_of_words("配送が遅い。https://evil.example/x を見て", by=hanna)
    make.reply("調べております。\n佐藤", to=case)

    assert send_due_replies() == 1

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([hanna.email], "About the delay")
    assert mail.body.startswith("調べております。\n佐藤\n")
    assert mail.body.count("配送が遅い") == 1
    assert "evil.example" not in mail.body + mail.alternatives[0][0]
    assert "調べております。<br>佐藤" in mail.alternatives[0][0]
    assert "List-Unsubscribe" not in mail.extra_headers
    assert "Auto-Submitted" not in mail.extra_headers


def test_words_are_quoted_once_in_a_thread(mailoutbox):
    case = make.case_of_words("It came late")
    make.reply(to=case)
    make.reply("One more thing.", to=case)

    send_due_replies()

    assert ["It came late" in mail.body for mail in mailoutbox] == [True, False]


def test_the_case_waits_for_the_customer_and_knows_when_it_was_first_answered(mailoutbox):
    reply = make.reply()

    send_due_replies()

    case, reply = Case.objects.get(), Reply.objects.get()
    assert (case.state, case.first_replied_at) == ("waiting", reply.handed_at)
    assert [step.what for step in case.activities.all()] == ["wait", "open"]
    make.reply(to=case, by=reply.by)
    send_due_replies()
    assert Case.objects.get().first_replied_at == reply.handed_at


def test_a_worker_killed_before_it_told_the_case_leaves_that_to_the_next(mailoutbox):
    make.reply()
    with patch("voc.replies.send.tell_the_cases"):
        send_due_replies()
    assert Case.objects.get().state == "open"

    assert send_due_replies() == 0

    assert (Case.objects.get().state, len(mailoutbox)) == ("waiting", 1)


def test_whoever_wrote_meanwhile_is_not_waited_for():
    reply = make.reply()
    with patch("voc.replies.send.tell_the_cases"):
        send_due_replies()
    CustomerMail.objects.create(case=reply.case, message_id="<a@b>", received_at=timezone.now())

    tell_the_cases(timezone.now())

    assert Case.objects.get().state == "open"


def test_it_waits_ten_seconds_and_then_goes_once(mailoutbox):
    make.reply(at=timezone.now())
    assert send_due_replies() == 0

    Reply.objects.update(send_after=timezone.now())

    assert [send_due_replies(), send_due_replies()] == [1, 0]
    assert len(mailoutbox) == 1


def test_an_answer_to_their_own_words_also_goes_to_who_wants_no_surveys(mailoutbox):
    make.reply(to=make.case_of_words(by=make.customer(unsubscribed=True)))

    send_due_replies()

    assert ends() == [("sent", "")]


def test_an_address_that_nobody_has_confirmed_gets_nothing(mailoutbox):
    claim = make.claim("It came late")
    case = write_case(claim.response)
    Case.objects.update(customer=make.customer())  # whatever made it so

    make.reply(to=Case.objects.get(pk=case.pk))
    send_due_replies()

    assert (mailoutbox, ends()) == ([], [("skipped", "unconfirmed")])


def test_a_case_whose_customer_is_gone_is_skipped_with_the_reason(mailoutbox):
    make.reply()
    Case.objects.update(customer=None)

    send_due_replies()

    assert (mailoutbox, ends()) == ([], [("skipped", "no_recipient")])
    assert Case.objects.get().state == "open"


def write_case(response):
    from voc.cases import workflow

    return workflow.open_case(now=timezone.now(), response=response)[0]


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (SMTPDataError(554, b"no such user"), "refused"),
        (SMTPServerDisconnected("closed"), "uncertain"),
    ],
)
def test_what_did_not_go_out_surely_is_said_and_the_case_stays_ours(error, end):
    make.reply()

    with patch.object(EmailMultiAlternatives, "send", side_effect=error):
        send_due_replies()

    ((outcome, reason),) = ends()
    assert outcome == end
    assert reason
    assert (Case.objects.get().state, Case.objects.get().first_replied_at) == ("open", None)


def test_a_mail_that_a_killed_worker_left_is_uncertain_and_never_sent_again(mailoutbox):
    reply = make.reply()
    Reply.objects.filter(pk=reply.pk).hand_over(reply.pk, timezone.now() - LOST_AFTER)

    assert send_due_replies() == 0

    assert (mailoutbox, ends()) == ([], [("uncertain", "worker_stopped")])


def test_mail_programs_can_put_the_thread_together(mailoutbox, settings):
    settings.REPLY_DOMAIN = "in.todoku.example"
    case = make.case_of_words()
    first = make.reply(to=case)
    send_due_replies()
    CustomerMail.objects.create(
        case=case, message_id="<theirs@shop.example>", received_at=timezone.now()
    )
    make.reply(to=case)
    send_due_replies()

    one, two = (mail.extra_headers for mail in mailoutbox)
    assert one["Reply-To"] == two["Reply-To"] == addresses.reply_to(case)
    assert one["Message-ID"] == addresses.message_id(first.pk)
    assert "References" not in one
    assert two["In-Reply-To"] == "<theirs@shop.example>"
    assert two["References"] == f"{one['Message-ID']} <theirs@shop.example>"


def test_files_go_along(mailoutbox):
    case, sato = make.case_of_words(), make.staff()
    draft = write.save(case, write.Words("", "", "en"), by=sato, now=timezone.now())
    Attachment.objects.create(
        draft=draft, name="見積.pdf", content_type="application/pdf", size=4, content=b"%PDF"
    )
    make.reply(to=case, by=sato)

    send_due_replies()

    assert mailoutbox[0].attachments == [("見積.pdf", b"%PDF", "application/pdf")]
    assert "見積" not in mailoutbox[0].message().as_string()  # it is encoded, as RFC 2231 says


def test_what_somebody_else_said_in_the_case_is_not_quoted(mailoutbox):
    case = make.case_of_words("It came late")
    other = make.feedback("My secret", by=make.customer())
    Feedback.objects.filter(pk=other.pk).update(
        case=case, received_at=timezone.now() - timedelta(hours=1)
    )
    make.reply(to=case)
    Reply.objects.update(quoted=other)

    send_due_replies()

    assert "secret" not in mailoutbox[0].body


def test_the_same_thread_says_who_came_first():
    case = make.case_of_words()
    ken, mari = make.staff(), make.staff()
    seen = thread.mark(case)
    write.send(case, write.Words("a", "b", "en"), by=ken, seen=seen, now=timezone.now())

    with pytest.raises(write.Overtaken):
        write.send(case, write.Words("c", "d", "en"), by=mari, seen=seen, now=timezone.now())

    assert Reply.objects.get().by == ken


def test_within_ten_seconds_it_is_a_draft_again_with_its_files():
    case, ken = make.case_of_words(), make.staff()
    draft = write.save(case, write.Words("", "", "en"), by=ken, now=timezone.now())
    Attachment.objects.create(draft=draft, name="a.pdf", content_type="a/b", size=1, content=b"x")
    reply = make.reply("We know.", to=case, by=ken)
    write.save(case, write.Words("", "And then", "en"), by=ken, now=timezone.now())

    again = write.undo(reply, by=ken, now=timezone.now())

    assert again.body == "We know.\n\nAnd then"
    assert [file.name for file in again.attachments.all()] == ["a.pdf"]
    assert not Reply.objects.exists()
    assert send_due_replies() == 0


def test_what_has_left_cannot_be_called_back(mailoutbox):
    reply = make.reply()
    send_due_replies()

    assert write.undo(reply, by=make.staff(), now=timezone.now()) is None

    assert Reply.objects.get().outcome == "sent"


def test_a_customer_is_never_named_by_another_case(mailoutbox):
    one, two = (
        make.case_of_words(by=make.customer(name="One")),
        make.case_of_words(by=make.customer(name="Two")),
    )
    make.reply("To one", to=one)
    make.reply("To two", to=two)

    send_due_replies()

    by_name = {Customer.objects.get(email=mail.to[0]).name: mail.body[:6] for mail in mailoutbox}
    assert by_name == {"One": "To one", "Two": "To two"}


def test_a_reply_that_is_sent_again_tells_its_case_again(mailoutbox):
    reply = make.reply()
    send_due_replies()
    reply.bounce("550 mailbox full", timezone.now())
    Case.objects.update(state="open")

    assert Reply.objects.all().send_again(timezone.now()) == 1
    send_due_replies()

    assert (len(mailoutbox), Case.objects.get().state) == (2, "waiting")
