"""What a customer answers lands in its case; what anybody else writes does not."""

import pytest
from django.core import mail as django_mail

from tests import make
from tests.voc.replies.mails import answered_case, come, letter
from voc.models import Case, CustomerMail, Feedback, Reply
from voc.replies import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_an_answer_joins_its_case_opens_it_again_and_is_feedback():
    reply, hanna = answered_case()
    assert Case.objects.get().state == "waiting"

    mail = come(letter("Still broken.", sender=f"Hanna <{hanna}>", answers=reply))

    case = Case.objects.get()
    assert (mail.case, mail.kind, mail.text) == (case, "letter", "Still broken.")
    assert case.state == "open"
    step = case.activities.first()
    assert (step.what, step.by, step.reason) == ("reopen", None, "answered")
    words = mail.feedback
    assert (words.text, words.channel, words.case) == ("Still broken.", "support", case)
    assert words.customer == case.customer
    assert words.analyzed_at is None  # it waits to be read like all others


def test_a_closed_case_opens_again_too():
    reply, hanna = answered_case()
    make.close(reply.case)

    come(letter(sender=hanna, answers=reply))

    assert Case.objects.get().state == "open"


def test_the_signed_address_is_enough(settings):
    settings.REPLY_DOMAIN = "in.todoku.example"
    reply, _hanna = answered_case()
    to = addresses.reply_to(reply.case)

    for address in (to, to.upper(), f"Todoku <{to}>"):
        mail = come(letter("I write from my other address.", to=address))
        assert mail.case == reply.case
        assert mail.notes == [["other_address", "somebody@shop.example"]]
        assert mail.feedback.customer is None


@pytest.mark.parametrize("header", ["Delivered_To", "X_Original_To", "Cc"])
def test_the_signed_address_may_stand_where_servers_write_it(settings, header):
    settings.REPLY_DOMAIN = "in.todoku.example"
    reply, hanna = answered_case()

    mail = come(letter(sender=hanna, **{header: addresses.reply_to(reply.case)}))

    assert (mail.case, mail.notes) == (reply.case, [])


def test_an_address_that_we_have_not_signed_leads_nowhere(settings):
    settings.REPLY_DOMAIN = "in.todoku.example"
    reply, hanna = answered_case()
    to = addresses.reply_to(reply.case)
    forged = to.replace("reply+", "reply+1") if to[7] != "." else to.replace(to[8], "a", 1)

    assert come(letter(sender=hanna, to=forged)).case is None


def test_a_forged_in_reply_to_is_kept_apart_and_shown():
    reply, _hanna = answered_case()

    mail = come(letter("Please send me the file.", sender="mallory@evil.example", answers=reply))

    assert (mail.case, mail.says_case) == (None, reply.case)
    assert mail.notes == [["stranger", "mallory@evil.example"]]
    assert (mail.feedback.case, mail.feedback.customer) == (None, None)
    assert Case.objects.get().state == "waiting"


def test_a_message_id_that_anybody_can_guess_names_nothing():
    reply, hanna = answered_case()

    mail = come(letter(sender=hanna, In_Reply_To=f"<reply-{reply.pk}@testserver>"))

    assert (mail.case, mail.says_case) == (None, None)


def test_who_only_uses_the_customers_address_is_not_the_customer():
    reply, hanna = answered_case()
    lies = {"Authentication_Results": "mx.todoku.example; dkim=none; dmarc=fail (p=NONE)"}

    mail = come(letter(sender=hanna, answers=reply, **lies))

    assert (mail.case, mail.says_case, mail.feedback.customer) == (None, reply.case, None)
    assert ["forged", hanna] in mail.notes


def test_mail_of_no_case_is_feedback_of_the_customer_at_that_address():
    hanna = make.customer()

    mail = come(letter("Where is my parcel?", sender=hanna.email.upper()))

    assert (mail.case, mail.feedback.case) == (None, None)
    assert (mail.feedback.text, mail.feedback.customer) == ("Where is my parcel?", hanna)


def test_the_same_mail_twice_comes_in_once():
    reply, hanna = answered_case()
    same = letter(sender=hanna, answers=reply)

    first, second = come(same), come(same)

    assert first == second
    assert (CustomerMail.objects.count(), Feedback.objects.count()) == (1, 2)


def test_another_mail_under_the_same_message_id_is_not_lost():
    one = letter("One", Message_ID="<always@the.same>")
    two = letter("Two", Message_ID="<always@the.same>")

    assert [come(one).text, come(two).text, come(two).text] == ["One", "Two", "Two"]
    assert CustomerMail.objects.count() == 2


def test_without_a_message_id_the_same_mail_still_comes_in_once():
    mail = letter()
    del mail["Message-ID"]

    assert come(mail) == come(mail)


AUTOMATIC = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-generated; owner-email=x@y"},
    {"Precedence": "auto_reply"},
    {"Precedence": "bulk"},
    {"X_Autoreply": "yes"},
    {"Subject": "自動返信: 不在にしております"},
    {"Subject": "Automatic reply: About the delay"},
    {"Subject": "Out of Office Re: About the delay"},
]


@pytest.mark.parametrize("headers", AUTOMATIC)
def test_an_automatic_reply_is_shown_and_counts_for_nothing(headers):
    reply, hanna = answered_case()

    mail = come(letter("I am away.", sender=hanna, answers=reply, **headers))

    assert (mail.kind, mail.case, mail.feedback) == ("automatic", reply.case, None)
    assert Case.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": "no"}, {"Precedence": "list", "List_Id": "<voice.todoku.example>"}],
)
def test_a_persons_letter_through_a_list_is_a_letter(headers):
    reply, hanna = answered_case()

    assert come(letter(sender=hanna, answers=reply, **headers)).kind == "letter"


def test_two_auto_responders_do_not_talk_to_each_other():
    reply, hanna = answered_case()
    django_mail.outbox.clear()

    for _turn in range(5):
        come(letter("I am away.", sender=hanna, answers=reply, Auto_Submitted="auto-replied"))

    assert django_mail.outbox == []
    assert Reply.objects.count() == 1


def test_our_own_mail_that_comes_back_is_nobodys_words(settings):
    reply, _hanna = answered_case()

    returned = come(django_mail.outbox[0].message().as_bytes())
    forwarded = come(letter(sender=f"Todoku <{settings.MAIL_FROM}>", answers=reply))

    assert [returned.kind, forwarded.kind] == ["own", "own"]
    assert not Feedback.objects.filter(channel="support").exists()


DSN = """\
From: Mail Delivery System <MAILER-DAEMON@mx.shop.example>
To: voice@todoku.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn@mx.shop.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.shop.example

Final-Recipient: rfc822; hanna@shop.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <hanna@shop.example>: Recipient address
 rejected: User unknown

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: About the delay

--b--
"""


def dsn(reply, action):
    return DSN.format(action=action, message_id=addresses.message_id(reply.pk)).encode()


def test_a_bounce_says_of_the_reply_why_it_was_refused_and_opens_the_case():
    reply, _hanna = answered_case()

    mail = come(dsn(reply, "failed"))

    reply.refresh_from_db()
    assert (mail.kind, mail.case, mail.feedback) == ("bounce", reply.case, None)
    assert (reply.outcome, reply.reason) == (
        "refused",
        "550 5.1.1 <hanna@shop.example>: Recipient address rejected: User unknown",
    )
    assert (reply.case.state, reply.case.activities.first().reason) == (
        "open",
        "bounced",
    )


def test_a_server_that_still_tries_has_refused_nothing():
    reply, _hanna = answered_case()

    come(dsn(reply, "delayed"))

    reply.refresh_from_db()
    assert (reply.outcome, reply.case.state) == ("sent", "waiting")


def test_a_bounce_in_plain_words_is_one_too():
    reply, _hanna = answered_case()
    text = f"Unknown user: 550 no such mailbox\n\nMessage-ID: {addresses.message_id(reply.pk)}\n"

    come(letter(text, sender="MAILER-DAEMON@docomo.example", Subject="Mail System Error"))

    reply.refresh_from_db()
    assert (reply.outcome, reply.reason) == ("refused", "Unknown user: 550 no such mailbox")


def test_nobody_can_make_up_a_bounce():
    reply, _hanna = answered_case()

    come(dsn(reply, "failed").replace(addresses.message_id(reply.pk).encode(), b"<reply-1@x>"))

    reply.refresh_from_db()
    assert reply.outcome == "sent"


def test_an_answer_in_a_merged_case_goes_to_the_one_it_was_merged_into():
    reply, hanna = answered_case()
    other = make.case_of_words()
    make.close(reply.case)
    Case.objects.filter(pk=reply.case.pk).update(merged_into=other)

    mail = come(letter(sender=hanna, answers=reply))

    assert mail.case == other
    assert Case.objects.get(pk=reply.case.pk).state == "closed"
