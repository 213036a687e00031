"""Answering from the page of an item or of a case: draft, template, preview, Send, and Undo."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests import make
from tests.voc.replies.mails import come, letter
from voc.models import Case, CustomerMail, Draft, Feedback, Reply, ReplyTemplate
from voc.replies import thread, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk):
    desk.cookies["django_language"] = "en"
    return desk


def url(case):
    return f"/admin/voc/reply/case/{case.pk}/"


def posted(case, body="We are on it.", **more):
    words = {"language": "en", "subject": "About the delay", "body": body}
    seen = {"thread_mark": thread.mark(case), "saved": saved(case)}
    return {**words, **seen, **more}


def saved(case):
    draft = Draft.objects.filter(case=case, by__username="sato").first()
    return draft.saved_at.isoformat() if draft else ""


def told(page):
    return [str(message) for message in page.context["messages"]]


def test_an_item_shows_to_whom_an_answer_goes_and_a_form(desk):
    item = make.feedback("Too slow", by=make.customer(name="Hanna"))

    page = desk.get(f"/admin/voc/feedback/{item.pk}/change/").content.decode()

    assert f"<bdi>{item.customer.email}</bdi>" in page
    assert f'action="/admin/voc/reply/feedback/{item.pk}/"' in page
    assert not Case.objects.exists()


def test_to_answer_opens_the_case_and_says_how_long_it_can_be_undone(desk, sato):
    item = make.feedback("Too slow", by=make.customer())
    words = {"language": "en", "subject": "Hello", "body": "We know.", "send": "yes"}

    page = desk.post(
        f"/admin/voc/reply/feedback/{item.pk}/",
        {**words, "thread_mark": thread.mark(None, item), "saved": ""},
        follow=True,
    )

    reply = Reply.objects.get()
    assert (reply.case.feedback.get(), reply.case.owner, reply.by) == (item, sato, sato)
    assert reply.send_after - reply.written_at == timedelta(seconds=10)
    assert told(page) == ["It is sent in 10 seconds. Until then you can undo it below."]
    assert f"/admin/voc/reply/{reply.pk}/undo/" in page.content.decode()


def test_undo_makes_it_a_draft_again(desk):
    case = make.case_of_words()
    desk.post(url(case), posted(case, send="yes"))

    page = desk.post(f"/admin/voc/reply/{Reply.objects.get().pk}/undo/", follow=True)

    assert told(page)[-1] == "It was not sent. It is a draft again."
    assert not Reply.objects.exists()
    assert page.context["panel"].count("We are on it.") == 1


def test_looking_at_undo_undoes_nothing(desk):
    reply = make.reply()

    desk.get(f"/admin/voc/reply/{reply.pk}/undo/")

    assert Reply.objects.get() == reply


def test_a_draft_is_kept_for_each_person(desk, sato):
    case = make.case_of_words()
    ken = make.staff(name="Ken")
    write.save(case, write.Words("a", "Ken's words", "en"), by=ken, now=timezone.now())

    page = desk.post(url(case), posted(case, "Sato's words", save="yes"), follow=True)

    text = page.content.decode()
    assert told(page) == ["The draft is kept."]
    assert "Ken has a draft since" in text
    assert "Sato&#x27;s words" in text
    assert "Ken&#x27;s words" not in text


def test_who_was_overtaken_is_asked_to_look_and_loses_no_word(desk):
    case = make.case_of_words()
    stale = posted(case, "My answer", send="yes")
    make.reply("Ken's answer", to=case, by=make.staff(name="Ken"))

    page = desk.post(url(case), stale)

    assert page.status_code == 409
    text = page.content.decode()
    assert "Ken has answered meanwhile: look before you send." in text
    assert "My answer" in text
    assert Reply.objects.count() == 1
    seen = {"thread_mark": thread.mark(case), "saved": saved(case)}
    desk.post(url(case), {**stale, **seen})
    assert Reply.objects.count() == 2


def test_who_wrote_while_the_customer_wrote_is_asked_too(desk):
    reply = make.reply()
    case = reply.case
    Reply.objects.filter(pk=reply.pk).update(outcome="sent", handed_at=timezone.now())
    stale = posted(case, send="yes")
    come(letter("One more thing", sender=case.customer.email, answers=reply))

    page = desk.post(url(case), stale)

    assert "The customer has written meanwhile" in page.content.decode()
    assert Reply.objects.count() == 1


def test_pressing_send_twice_sends_once(desk):
    case = make.case_of_words()
    form = posted(case, send="yes")

    desk.post(url(case), form)
    page = desk.post(url(case), form)

    assert (page.status_code, Reply.objects.count()) == (409, 1)


def test_a_draft_of_another_window_is_not_lost(desk):
    case = make.case_of_words()
    form = posted(case, "First window", save="yes")
    desk.post(url(case), posted(case, "Second window", save="yes"))

    page = desk.post(url(case), form)

    assert page.status_code == 409
    assert "“Second window”" in page.content.decode()
    assert "First window" in page.content.decode()
    assert Draft.objects.get().body == "Second window"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"body": " "}, "Please write an answer."),
        ({"subject": ""}, "Please write a subject."),
        ({"body": "Dear {nmae},"}, "{nmae} is no field we know."),
        ({"body": "Dear {name},"}, "Nothing is known for {name}; “dear customer” stands"),
        ({"language": "tlh"}, "Select a valid choice"),
        ({"subject": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_should_not_go_out_is_told_at_its_place(desk, words, sentence):
    case = make.case_of_words(by=make.customer())

    page = desk.post(url(case), {**posted(case, send="yes"), **words})

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Reply.objects.exists()


def test_fields_that_were_typed_are_filled_in(desk, sato):
    case = make.case_of_words("It came late", by=make.customer(name="Hanna"))
    form = posted(case, "Dear {name}, you said: {their_words} {company}", send="yes")

    desk.post(url(case), form)

    assert Reply.objects.get().body == "Dear Hanna, you said: It came late Todoku"


def test_a_template_is_filled_in_below_what_was_written(desk):
    case = make.case_of_words(by=make.customer(name="Hanna"))
    template = ReplyTemplate.objects.create(
        name="Sorry", language="en", subject="Sorry, {name}", body="Dear {name},\n{agent}"
    )
    form = {**posted(case, "Mine.", use="yes"), "template": template.pk, "subject": ""}

    page = desk.post(url(case), form, follow=True)

    draft = Draft.objects.get()
    assert (draft.subject, draft.body) == ("Sorry, Hanna", "Mine.\n\nDear Hanna,\nTodoku")
    assert told(page) == [
        "Nothing is known for {agent}; “Todoku” stands in its place.",
        "The template “Sorry” was filled in.",
    ]


def test_no_template_chosen_is_told(desk):
    case = make.case_of_words()

    page = desk.post(url(case), posted(case, use="yes", template="9" * 30))

    assert (page.status_code, Draft.objects.get().body) == (422, "We are on it.")


def test_a_template_with_an_unknown_field_is_not_kept(desk):
    words = {"name": "A", "language": "en", "subject": "", "body": "Dear {who}"}

    page = desk.post("/admin/voc/replytemplate/add/", words)

    assert "{who} is no field we know." in page.content.decode()
    assert not ReplyTemplate.objects.exists()


def test_the_preview_is_the_mail_without_the_customers_own_link(desk):
    case = make.case_of_words("It came late")
    form = posted(case, preview="yes")

    page = desk.post(url(case), form).content.decode()

    assert "We are on it." in page
    assert "“It came late”" in page
    assert case.customer.unsubscribe_path not in page
    assert (Reply.objects.count(), Draft.objects.get().body) == (0, "We are on it.")


def files(*names, content=b"x"):
    return [SimpleUploadedFile(name, content) for name in names]


def test_files_are_kept_with_the_draft_under_harmless_names(desk, settings):
    settings.REPLY_FILE_MB, settings.REPLY_FILES_MB = 1, 2
    case = make.case_of_words()
    names = ["..\\..\\plan\u202e fdp.pdf", "b.exe", "c.pdf", "d.png"]
    large = files("large.pdf", content=b"x" * 1_000_001)
    form = {**posted(case, save="yes"), "files": [*files(*names), *large]}

    page = desk.post(url(case), form, follow=True)

    kept = [file.name for file in Draft.objects.get().attachments.all()]
    assert kept == ["plan fdp.pdf", "c.pdf", "d.png"]
    first, second, _kept = told(page)
    assert first.startswith("“b.exe” was not attached: files of this kind are not sent.")
    assert second == "“large.pdf” was not attached: it is larger than 1 MB, the most."


def test_files_are_not_more_than_servers_take(desk, settings):
    settings.REPLY_FILE_MB, settings.REPLY_FILES_MB = 1, 1
    case = make.case_of_words()
    two = files("a.pdf", "b.pdf", content=b"x" * 600_000)

    page = desk.post(url(case), {**posted(case, send="yes"), "files": two})

    assert "together the files would be larger than 1 MB" in page.content.decode()
    assert not Reply.objects.exists()


def test_a_file_can_be_taken_out_again(desk):
    case = make.case_of_words()
    desk.post(url(case), {**posted(case, save="yes"), "files": files("a.pdf", "b.pdf")})
    first = Draft.objects.get().attachments.first()

    desk.post(url(case), {**posted(case), "remove": first.pk})

    assert [file.name for file in Draft.objects.get().attachments.all()] == ["b.pdf"]


def test_a_draft_can_be_discarded(desk):
    case = make.case_of_words()
    desk.post(url(case), posted(case, save="yes"))

    desk.post(url(case), posted(case, discard="yes"))

    assert not Draft.objects.exists()


def test_words_of_an_unconfirmed_address_cannot_be_answered(desk):
    item = make.claim("It came late").response.feedback

    page = desk.get(f"/admin/voc/feedback/{item.pk}/change/").content.decode()
    answered = desk.post(f"/admin/voc/reply/feedback/{item.pk}/", {"send": "yes"})

    assert "Nobody has confirmed that these words belong to the address" in page
    assert 'id="reply"' not in page
    assert (answered.status_code, Reply.objects.count()) == (422, 0)


def test_who_wants_no_surveys_can_be_answered_and_it_is_said(desk):
    case = make.case_of_words(by=make.customer(unsubscribed=True))

    page = desk.get(url(case)).content.decode()

    assert "A personal answer to their own words still goes to them." in page


def test_the_thread_of_a_case_tells_all_in_its_order(desk):
    reply = make.reply(
        "We know.", to=make.case_of_words("It came late", by=make.customer(name="Hanna"))
    )
    Feedback.objects.update(received_at=timezone.now() - timedelta(hours=1))
    Reply.objects.update(outcome="refused", reason="550 no such user", handed_at=timezone.now())
    come(letter("Still late", sender=reply.case.customer.email, answers=reply))
    come(letter("Let me in", sender="mallory@evil.example", answers=reply))

    page = desk.get(f"/admin/voc/case/{reply.case.pk}/change/").content.decode()

    panel = page[page.index('id="thread"') :]
    told = ["It came late", "We know.", "Still late", "Let me in"]
    assert [panel.index(words) for words in told] == sorted(panel.index(words) for words in told)
    assert "550 no such user" in panel
    assert "unknown sender" in panel
    assert "it was not taken into this case" in panel


def test_a_longer_thread_costs_no_more_statements(desk, django_assert_num_queries):
    case = make.case_of_words()
    reply = make.reply(to=case)
    come(letter(sender=case.customer.email, answers=reply))
    desk.get(url(case))

    with django_assert_num_queries(12):
        desk.get(url(case))
    for _more in range(3):
        make.reply(to=case)
        come(letter(sender=case.customer.email, answers=reply))
    with django_assert_num_queries(12):
        desk.get(url(case))


def test_a_long_thread_stays_small(desk):
    case = make.case_of_words()
    Reply.objects.bulk_create(
        Reply(case=case, language="en", subject="x", body="遅" * 20_000) for _each in range(60)
    )
    CustomerMail.objects.bulk_create(
        CustomerMail(case=case, message_id=f"<{n}@x>", text="遅" * 20_000) for n in range(60)
    )

    page = desk.get(url(case)).content

    assert len(page) < 80_000
    assert page.count("遅".encode()) > 9_000  # the newest stands there whole


def test_mail_of_no_case_shows_on_its_items_page_what_was_odd_about_it(desk):
    mail = come(letter("Where is my parcel?", sender=make.customer().email))
    CustomerMail.objects.update(notes=[["winmail", "winmail.dat"]], attachments=[["a.png", 900]])

    page = desk.get(f"/admin/voc/feedback/{mail.feedback.pk}/change/").content.decode()

    assert "“winmail.dat” is in a form that only Outlook reads" in page
    assert "a.png" in page


@pytest.mark.parametrize(
    ("permissions", "sees", "sees_not"),
    [
        ([], [], ["We know.", "Still late", "customer", 'id="reply"']),
        (["view_reply"], ["We know."], ["Still late", "It came late", "@example.com"]),
        (["view_reply", "view_customermail"], ["We know.", "Still late"], ["@example.com"]),
        (["view_reply", "view_customer"], ["We know."], ['id="reply"']),
        (["view_reply", "add_reply"], ["We know."], ['id="reply"', "@example.com"]),
        (["view_reply", "add_reply", "view_customer"], ['id="reply"', "@example.com"], []),
    ],
)
def test_each_part_of_the_thread_needs_its_own_permission(client, permissions, sees, sees_not):
    reply = make.reply("We know.", to=make.case_of_words("It came late"))
    come(letter("Still late", sender=reply.case.customer.email, answers=reply))
    mori = User.objects.create_user("mori", is_staff=True)
    mori.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(mori)

    page = client.get(url(reply.case))

    text = page.content.decode() if permissions else ""
    assert page.status_code == (200 if permissions else 403)
    assert [words for words in sees if words not in text] == []
    assert [words for words in sees_not if words in text] == []


def test_the_history_of_a_reply_says_who_wrote_it_and_how_it_went(desk):
    reply = make.reply(by=make.staff(name="Ken"))
    Reply.objects.update(
        handed_at=timezone.now(), outcome="refused", reason="550 no", settled_at=timezone.now()
    )

    page = desk.get(f"/admin/voc/reply/{reply.pk}/history/").content.decode()

    assert "Ken" in page
    assert "550 no" in page
