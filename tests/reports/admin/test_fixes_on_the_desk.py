"""From the triage desk: record a fix, look at what shipping it will do, ship it."""

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.utils import timezone

from lib.mail.outbox import OutboxMail, settled
from reports.fixes import record
from reports.fixes.ship import ship
from reports.models import Fix, Notice
from tests import make
from voc.models import Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

WORDS = {
    "you_said_ja": "検索が遅い",
    "you_said_en": "",
    "we_did_ja": "",
    "we_did_en": "Search is fast now",
    "public": "on",
}


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def press(desk, action, *items, **answers):
    chosen = {"action": action, "_selected_action": [item.pk for item in items], **answers}
    return desk.post("/admin/voc/feedback/", chosen)


def told(page):
    return [str(message) for message in get_messages(page.wsgi_request)]


def test_the_page_quotes_the_words_and_knows_their_topics(desk):
    speed, slow = make.topic("rust"), make.feedback("Search is slow")
    slow.tags.create(topic=speed)

    page = press(desk, "record_fix", slow)

    assert page.context["quotes"].lines == ["Search is slow"]
    assert page.context["form"]["topics"].value() == [speed.pk]
    assert not Fix.objects.exists()


def test_a_fix_is_recorded_with_the_words_that_asked_for_it(desk):
    slow, slower = make.feedback("Slow"), make.feedback("Slower")

    page = press(desk, "record_fix", slow, slower, asked="yes", **WORDS)

    fix = Fix.objects.get()
    assert page.headers["Location"] == f"/admin/reports/fix/{fix.pk}/change/"
    assert set(fix.feedback.all()) == {slow, slower}
    assert (fix.you_said_ja, fix.we_did_en, fix.public) == (
        "検索が遅い",
        "Search is fast now",
        True,
    )
    assert {item.status for item in Feedback.objects.all()} == {"planned"}
    assert told(page) == ["2 items ask for “Search is fast now”."]


def test_each_side_must_be_written_in_one_language_and_nothing_typed_is_lost(desk):
    page = press(desk, "record_fix", make.feedback(), asked="yes", **{**WORDS, "we_did_en": " "})

    form = page.context["form"]
    assert form.errors == {
        "we_did_ja": ["Please write this in Japanese, in English, or better in both."]
    }
    assert form["you_said_ja"].value() == "検索が遅い"
    assert not Fix.objects.exists()


def test_more_words_join_a_fix(desk):
    fix, late = make.fix(make.feedback()), make.feedback("Me too")

    page = press(desk, "add_to_fix", late, asked="yes", fix=fix.pk)

    assert fix.feedback.count() == 2
    assert told(page) == ["1 item asks for “It is fast”."]


@pytest.mark.parametrize("fix", ["", "0", "x", "9" * 40])
def test_a_fix_that_is_not_there_is_asked_for_again(desk, fix):
    page = press(desk, "add_to_fix", make.feedback(), asked="yes", fix=fix)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["fix"]


def test_who_may_not_record_fixes_is_not_offered_it(client):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__endswith="_feedback"))
    client.force_login(clerk)

    press(client, "record_fix", make.feedback(), asked="yes", **WORDS)

    assert not Fix.objects.exists()


def ship_page(fix):
    return f"/admin/reports/fix/{fix.pk}/ship/"


def test_before_shipping_it_says_who_will_be_told_and_shows_the_mail(desk):
    hanako, bob = make.customer(language="ja"), make.customer()
    gone = make.customer(unsubscribed=True)
    fix = make.fix(
        make.feedback("遅い", by=hanako),
        make.feedback("Slow", by=bob),
        make.feedback("Slow", by=gone),
        make.feedback("Slow", by=None),
    )

    page = desk.get(ship_page(fix))

    assert page.context["sentences"] == [
        "<strong>2 customers will get a mail:</strong> English 1, Japanese 1",
        "1 customer wants no mail from us and will be skipped.",
        "1 item came without an address, or with one that nobody confirmed.",
        "It will stand on the public page “You said, we did”.",
    ]
    english, japanese = page.context["previews"]
    assert (english["names"], japanese["names"]) == (bob.email, hanako.email)
    assert page.context["skipped"] == gone.email
    assert "「遅い」" in japanese["mail"].text
    assert "“Slow”" in english["mail"].text
    assert Fix.objects.get().state == "planned"


def test_the_mail_is_shown_as_it_is_sent_in_the_languages_that_are_sent(desk):
    fix = make.fix(make.feedback("遅い<b>", by=make.customer(language="ja", name="花子")))

    (only,) = desk.get(ship_page(fix)).context["previews"]
    mail = desk.get(only["address"])

    assert only["names"] == "花子"
    assert only["language"] == "Japanese"
    assert "「遅い&lt;b&gt;」" in mail.content.decode()
    assert mail.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert mail.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
        "frame-ancestors 'self'; sandbox"
    )


def test_the_mail_is_for_those_who_may_ship(client):
    fix = make.fix(make.feedback("Slow", by=make.customer(name="Bob")))
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=["view_fix"]))
    client.force_login(clerk)

    assert client.get(mail_page(fix, "en")).status_code == 403


def test_whoever_may_not_see_customers_is_told_how_many_and_not_who(client):
    fix = make.fix(make.feedback("Slow", by=make.customer(name="Bob")))
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=["view_fix", "change_fix"]))
    client.force_login(clerk)

    page = client.get(ship_page(fix))
    assert "Bob" not in page.content.decode()
    assert page.context["previews"] == []  # nor the customers' words, which stand in the mail
    assert client.get(mail_page(fix, "en")).status_code == 403

    clerk.user_permissions.add(*Permission.objects.filter(codename="view_feedback"))
    page = client.get(ship_page(fix))
    assert "Bob" not in page.content.decode()
    assert [each["names"] for each in page.context["previews"]] == [""]


def mail_page(fix, language):
    return f"/admin/reports/fix/{fix.pk}/mail/{language}/"


@pytest.mark.parametrize("language", ["xx", "EN", "-"])
def test_there_is_no_mail_in_other_languages(desk, language):
    assert desk.get(mail_page(make.fix(), language)).status_code == 404
    assert desk.get("/admin/reports/fix/0/mail/en/").status_code == 404
    assert desk.post(mail_page(make.fix(), "en")).status_code == 405


def test_pressing_ships_it(desk):
    fix = make.fix(make.feedback("Slow", by=make.customer()))

    page = desk.post(ship_page(fix))

    assert page.headers["Location"] == f"/admin/reports/fix/{fix.pk}/change/"
    assert Fix.objects.get().state == "shipped"
    assert Notice.objects.count() == 1
    assert told(page) == ["1 customer is told: the mail leaves in a moment."]


def test_what_shipped_cannot_be_shipped_again(desk):
    fix = make.fix(make.feedback("Slow", by=make.customer()))
    desk.post(ship_page(fix))

    page = desk.post(ship_page(fix))

    assert told(page)[-1].startswith("“It is fast” was shipped on")
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("name", ["0", "x", "9" * 40, "%00", "%F0%9F%8D%A3"])
def test_a_fix_that_does_not_exist_is_not_found(desk, name):
    assert desk.get(f"/admin/reports/fix/{name}/ship/").status_code in {400, 404}


def test_only_the_next_steps_are_offered(desk):
    fix = make.fix(make.feedback("Slow", by=make.customer()))
    page = f"/admin/reports/fix/{fix.pk}/change/"
    assert buttons(desk.get(page)) == ["Ship it…", "Withdraw it…"]

    desk.post(ship_page(fix))
    assert buttons(desk.get(page)) == []

    late = make.feedback("Slow", by=make.customer())
    record.add(fix, asked_in=Feedback.objects.filter(pk=late.pk), by=make.staff())
    assert buttons(desk.get(page)) == ["Tell those who were added…"]


def buttons(page):
    return [str(each["title"]) for each in page.context["actions_detail"]]


def test_those_who_were_added_later_can_be_told(desk):
    fix = make.fix(make.feedback("Slow", by=make.customer()))
    ship(fix, by=make.staff(), now=timezone.now())
    newcomers = f"/admin/reports/fix/{fix.pk}/newcomers/"
    late = make.feedback("Slow", by=make.customer())
    record.add(fix, asked_in=Feedback.objects.filter(pk=late.pk), by=make.staff())

    desk.post(newcomers)

    assert Notice.objects.count() == 2


def test_the_words_of_a_shipped_fix_stay(desk):
    fix = make.fix()
    ship(fix, by=make.staff(), now=timezone.now())

    desk.post(f"/admin/reports/fix/{fix.pk}/change/", {**WORDS, "public": ""})

    fix.refresh_from_db()
    assert (fix.we_did_en, fix.public) == ("It is fast", False)


def test_a_fix_says_who_was_told_and_who_was_not(desk):
    fix = make.fix(*[make.feedback("Slow", by=make.customer()) for _ in range(3)])
    ship(fix, by=make.staff(), now=timezone.now())
    for notice, outcome in zip(fix.notices.all(), ["sent", "refused", "uncertain"], strict=True):
        end = settled(
            notice.pk, OutboxMail.Outcome(outcome), timezone.now(), reason="550 no such user"
        )
        Notice.objects.end(end)

    page = desk.get(f"/admin/reports/fix/{fix.pk}/change/").content.decode()

    assert "1 of 3, 1 refused, 1 uncertain" in page
    assert "550 no such user" in page


def test_what_failed_can_be_sent_again(desk):
    fix = make.fix(make.feedback("Slow", by=make.customer()))
    ship(fix, by=make.staff(), now=timezone.now())
    notice = Notice.objects.get()
    Notice.objects.end(settled(notice.pk, OutboxMail.Outcome.REFUSED, timezone.now()))

    desk.post(
        "/admin/reports/notice/",
        {"action": "send_again", "_selected_action": [notice.pk], "asked": "yes"},
    )

    assert Notice.objects.due(timezone.now()).count() == 1


def test_customers_words_cannot_become_markup_on_the_desk(desk):
    fix = make.fix(make.feedback("<script>alert(1)</script>", by=make.customer()))

    for page in (ship_page(fix), f"/admin/reports/fix/{fix.pk}/change/"):
        assert "<script>alert(1)" not in desk.get(page).content.decode()


@pytest.mark.parametrize(("page", "queries"), [("fix", 4), ("notice", 4)])
@pytest.mark.parametrize("rows", [1, 3])
def test_more_rows_do_not_make_more_queries(desk, django_assert_num_queries, page, queries, rows):
    for _ in range(rows):
        fix = make.fix(make.feedback(by=make.customer()))
        ship(fix, by=make.staff(), now=timezone.now())

    with django_assert_num_queries(queries):
        desk.get(f"/admin/reports/{page}/")


def test_a_long_fix_is_one_line_of_the_list_and_whole_under_the_pointer(desk):
    long = "We rewrote the <search> & made it quick. " * 9
    make.fix(we_did_en=long)

    page = desk.get("/admin/reports/fix/").content.decode()

    quoted = long.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f'<span class="one-line" title="{quoted}">{quoted}</span>' in page
