"""What customers wrote of themselves stays at the desk, whatever staff write or quote."""

import pytest
from django.core import mail
from django.utils import timezone

from reports.fixes import notify
from reports.fixes.ship import ship
from reports.models import Fix
from surveys.models import Response
from surveys.signals import good_news_wanted
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WORDS = {
    "you_said_ja": "",
    "you_said_en": "Mr Tanaka wants calls at 03-1234-5678",
    "we_did_ja": "",
    "we_did_en": "We call back",
    "public": "on",
}
FOUND = "phone number “03-1234-5678”"
WARNING = (
    f"“You said (English)” has personal data in it: name “Tanaka”, {FOUND}. "
    "Everyone may read this: please take it out."
)


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def record(desk, **answers):
    chosen = {"action": "record_fix", "_selected_action": [make.feedback().pk], "asked": "yes"}
    return desk.post("/admin/voc/feedback/", {**chosen, **WORDS, **answers})


def shipped(*asked_in, **words):
    fix = make.fix(*asked_in, **words)
    ship(fix, by=make.staff(), now=timezone.now())
    return fix


def test_the_public_page_masks_what_staff_let_stand(client):
    shipped(you_said_en="Call 03-1234-5678", we_did_en="We wrote to taro@example.com")

    page = client.get("/you-said/", {"lang": "en"}).content.decode()

    assert "Call [phone number]" in page
    assert "We wrote to [email address]" in page
    assert ("03-1234-5678" in page, "taro@example.com" in page) == (False, False)


def test_the_good_news_after_an_answer_masks_it_too():
    shipped(we_did_ja="田中様のお声で速くしました")

    told = [news for _who, news in good_news_wanted.send(Response, language="ja")]

    assert told == [["〔お名前〕様のお声で速くしました"]]


def test_a_mail_quotes_no_number_or_address_but_the_names_they_wrote(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    words = "Mr Smith has my card 4111 1111 1111 1111. Call 03-1234-5678 or write me@example.org."
    shipped(make.feedback(words, by=make.customer()))

    notify.send_due_notices()

    body = " ".join(mail.outbox[0].body.split())
    assert (
        "Mr Smith has my card [card number]. Call [phone number] or write [email address]." in body
    )


def test_a_number_is_masked_before_long_words_are_cut(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    shipped(make.feedback("あ" * 292 + "090-1234-5678です", by=make.customer(language="ja")))

    notify.send_due_notices()

    assert "090" not in mail.outbox[0].body


def test_recording_a_fix_tells_what_was_found_before_anything_is_saved(desk):
    page = record(desk)

    assert page.context["form"].errors == {"anyway": [WARNING]}
    assert page.context["form"]["you_said_en"].value() == WORDS["you_said_en"]
    assert WARNING in page.content.decode()
    assert not Fix.objects.exists()


def test_who_says_so_saves_it_all_the_same(desk):
    record(desk, anyway="on")

    assert Fix.objects.get().you_said_en == WORDS["you_said_en"]


def test_the_page_asks_for_nothing_more_when_nothing_was_found(desk):
    page = record(desk, you_said_en="", we_did_en="We call back")

    assert "anyway" not in page.content.decode()


def test_editing_a_fix_asks_as_well(desk):
    fix = make.fix()
    address = f"/admin/reports/fix/{fix.pk}/change/"

    warned = desk.post(address, WORDS)
    asked = warned.context["adminform"].form.errors
    desk.post(address, {**WORDS, "anyway": "on"})

    assert asked == {"anyway": [WARNING]}
    assert 'name="anyway"' in warned.content.decode()
    assert 'name="anyway"' not in desk.get(address).content.decode()
    assert Fix.objects.get().you_said_en == WORDS["you_said_en"]


def test_the_words_of_a_shipped_fix_are_not_asked_about_again(desk):
    fix = shipped(you_said_en="Call 03-1234-5678")

    desk.post(f"/admin/reports/fix/{fix.pk}/change/", {"public": ""})

    assert Fix.objects.get().public is False
