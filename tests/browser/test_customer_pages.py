"""A customer on a phone, in Japanese: by keyboard or thumb, with and without JavaScript."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from surveys.models import Response
from surveys.responses import bot_detection
from surveys.signals import good_news_wanted
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def invitation():
    return make.invitation(to=make.customer(language="ja", name="山田 花子"))


@pytest.fixture
def url(invitation):
    return invitation.get_absolute_url()


def said():
    return list(Response.objects.values_list("score", "comment", "state"))


# With JavaScript


def test_by_thumb_an_answer_takes_two_touches_and_a_few_words(open_page, url):
    page = open_page(has_touch=True, is_mobile=True)
    page.goto(url)

    page.get_by_role("radio", name="9").tap()
    page.get_by_label("いちばん気に入っている点は何ですか?").fill("対応が早い")
    page.get_by_role("button", name="送信する").tap()

    expect(page.get_by_role("heading", name="ありがとうございました")).to_be_visible()
    assert said() == [(9, "対応が早い", "counted")]


def test_by_keyboard_alone(page, url):
    page.goto(url)

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Too slow")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="ありがとうございました")).to_be_visible()
    assert said() == [(3, "Too slow", "counted")]


def test_a_change_of_mind_by_keyboard_from_the_thanks(page, url):
    page.goto(f"{url}?score=3")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="お答えを変える").press("Enter")
    page.get_by_role("radio", name="3").wait_for()
    page.wait_for_load_state()  # nobody is so quick that the page's script is not there yet

    page.get_by_role("radio", name="3").press("ArrowRight")
    page.get_by_role("button").press("Enter")

    expect(page.get_by_text("お答え：4")).to_be_visible()
    assert said() == [(4, "", "counted")]


@pytest.mark.parametrize(
    ("event", "touched"),
    [
        ("{type: 'click', isTrusted: true, target: document.querySelector('button')}", "1"),
        ("{type: 'click', isTrusted: false, target: document.querySelector('button')}", ""),
        ("{type: 'click', isTrusted: true, target: document.querySelector('label')}", ""),
    ],
)
def test_a_press_of_assistive_technology_is_a_persons(page, url, event, touched):
    """It sends a button a click without a pointer or a key, which no driver of browsers can do."""
    page.add_init_script(
        "document.addEventListener = (type, listener) => { window.record = listener; }"
    )
    page.goto(url)

    page.evaluate(f"window.record({event})")

    assert page.locator("[name=touched]").input_value() == touched


@pytest.mark.parametrize(
    "press",
    [
        "document.querySelector('button').click()",
        "document.querySelector('form').requestSubmit()",
        "document.querySelector('form').submit()",
        "document.querySelectorAll('label.score')[9]?.click(); "
        "document.querySelector('button').click()",
        "document.querySelector('button').dispatchEvent(new PointerEvent('pointerdown', "
        "{bubbles: true})); document.querySelector('button').click()",
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})); "
        "document.querySelector('form').requestSubmit()",
    ],
)
def test_a_scanner_in_a_browser_presses_in_vain(page, url, press):
    page.goto(f"{url}?score=9")
    for _again in range(3):
        with page.expect_navigation():
            page.evaluate(press)

    expect(page.get_by_role("heading", name="もう一度だけ押してください")).to_be_visible()
    assert [state for _score, _comment, state in said()] == ["provisional"]


# Without JavaScript


def test_without_javascript_one_more_press_is_asked_for(page_without_javascript, url, monkeypatch):
    page = page_without_javascript
    page.goto(url)
    page.get_by_role("radio", name="2").check()
    page.get_by_label("どのような点がご期待に沿えませんでしたか?").fill("届くのが遅い")
    page.get_by_role("button", name="送信する").press("Enter")

    expect(page.get_by_role("heading", name="もう一度だけ押してください")).to_be_visible()
    expect(page.get_by_text("届くのが遅い")).to_be_visible()
    assert said() == [(2, "届くのが遅い", "provisional")]

    page.wait_for_timeout(bot_detection.TIME_TO_READ.total_seconds() * 1000)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="ありがとうございました")).to_be_visible()
    assert said() == [(2, "届くのが遅い", "counted")]


@pytest.mark.parametrize(
    ("score", "ask"),
    [
        ("0", "どのような点がご期待に沿えませんでしたか?"),
        ("6", "どのような点がご期待に沿えませんでしたか?"),
        ("7", "あと何があれば10点になりますか?"),
        ("8", "あと何があれば10点になりますか?"),
        ("9", "いちばん気に入っている点は何ですか?"),
        ("10", "いちばん気に入っている点は何ですか?"),
    ],
)
def test_the_question_follows_the_score_without_a_script(page_without_javascript, url, score, ask):
    page = page_without_javascript
    page.goto(url)
    assert page.locator("label[for=comment]").inner_text() == (
        "よろしければ、その理由をお聞かせください"
    )

    page.get_by_role("radio", name=score, exact=True).check()

    assert page.locator("label[for=comment]").inner_text() == ask
    expect(page.get_by_role("textbox", name=ask)).to_be_visible()


# For every eye and hand


@pytest.mark.parametrize("width", [360, 390, 1200])
def test_eleven_equal_targets_stand_in_one_row(open_page, url, width):
    page = open_page(viewport={"width": width, "height": 844})
    page.goto(url)

    boxes = [radio.bounding_box() for radio in page.get_by_role("radio").all()]

    assert len(boxes) == 11
    assert len({box["y"] for box in boxes}) == 1
    assert max(box["width"] for box in boxes) - min(box["width"] for box in boxes) < 1
    assert min(box["width"] for box in boxes) >= 24
    assert min(box["height"] for box in boxes) >= 44


@pytest.mark.parametrize("width", [320, 360, 390])
def test_nothing_sticks_out_of_a_narrow_page(open_page, url, width):
    page = open_page(viewport={"width": width, "height": 844})

    for path in (f"{url}?score=10", f"{url}?score=0&lang=en", "/s/x/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_chosen_one_is_filled_and_larger(page, url):
    page.goto(f"{url}?score=8")
    chosen, other = (page.locator(f"input[value='{n}'] + span") for n in (8, 7))

    assert chosen.bounding_box()["width"] > other.bounding_box()["width"] * 1.1
    colour = "element => getComputedStyle(element).backgroundColor"
    assert (chosen.evaluate(colour), other.evaluate(colour)) == (
        "rgb(31, 75, 153)",
        "rgb(255, 255, 255)",
    )


def test_below_a_long_text_the_button_stays_within_reach(page, url):
    page.goto(f"{url}?score=3")

    page.get_by_role("textbox").fill("届くのが遅いです。\n" * 500)

    whole = page.evaluate("document.documentElement.scrollHeight")
    assert whole < page.viewport_size["height"] * 1.5


def answered(invitation):
    return make.response(9, by=make.customer(language="ja"), about=invitation.wave.survey)


def closed():
    to = make.customer(language="ja")
    return make.invitation(to=to, about=make.survey(state="closed")).get_absolute_url()


PAGES = {
    "answer": lambda invitation: invitation.get_absolute_url(),
    "answer, chosen": lambda invitation: f"{invitation.get_absolute_url()}?score=9",
    "answer, in English": lambda invitation: f"{invitation.get_absolute_url()}?score=9&lang=en",
    "thanks": lambda invitation: f"{answered(invitation).invitation.get_absolute_url()}thanks/",
    "closed": lambda _invitation: closed(),
    "not found": lambda _invitation: "/s/x/",
    "not readable": lambda _invitation: "/s/%00/",
    "unsubscribe": lambda invitation: invitation.customer.unsubscribe_path,
    "unsubscribed": lambda _invitation: make.customer(unsubscribed=True).unsubscribe_path,
    "form": lambda _invitation: make.survey(kind="feedback").get_absolute_url(),
    "whose words": lambda _invitation: make.claim(language="ja").claimed.get_absolute_url(),
    "whose words, stopping": lambda _invitation: make.claim(language="ja").claimed.stop_path,
    "form, thanks": lambda _i: make.survey(kind="feedback").get_absolute_url() + "thanks/",
}


@pytest.fixture
def faults_day_and_night(violations):
    def look(page):
        found = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {fault}" for fault in violations(page)]
        return found

    return look


@pytest.fixture
def good_news():
    def tell(**_):
        return ["「夜も相談したい」→ 電話は21時まで受け付けます。"]

    good_news_wanted.connect(tell)
    yield
    good_news_wanted.disconnect(tell)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_wrong_with(page, faults_day_and_night, invitation, good_news, name):
    page.goto(PAGES[name](invitation))

    assert page.get_by_role("heading", level=1).count() == 1
    assert faults_day_and_night(page) == []


def test_axe_finds_nothing_wrong_with_a_fault_at_its_field(page, faults_day_and_night, url):
    page.goto(url)

    page.get_by_role("button").press("Enter")

    expect(page.get_by_text("0から10までの数字を一つお選びください。")).to_be_visible()
    assert faults_day_and_night(page) == []


def test_axe_finds_nothing_wrong_with_faults_in_the_form(page, faults_day_and_night):
    page.goto(make.survey(kind="feedback").get_absolute_url())
    page.get_by_label("メールアドレス").fill("tanaka@")

    page.get_by_role("button").press("Enter")

    expect(page.get_by_text("ひとことお書きください。")).to_be_visible()
    expect(page.get_by_text("メールアドレスの形になっていません。")).to_be_visible()
    assert faults_day_and_night(page) == []


def test_axe_finds_nothing_wrong_with_one_more_press(page, faults_day_and_night, url):
    page.goto(f"{url}?score=9")
    with page.expect_navigation():
        page.evaluate("document.querySelector('form').submit()")

    expect(page.get_by_role("heading", name="もう一度だけ押してください")).to_be_visible()
    assert faults_day_and_night(page) == []


def test_axe_finds_nothing_wrong_when_too_much_was_sent(page, faults_day_and_night, settings):
    settings.FORM_POSTS_PER_HOUR = 0
    page.goto(make.survey(kind="feedback").get_absolute_url())
    page.get_by_label("お聞かせください").fill("こんにちは")

    page.get_by_role("button").press("Enter")

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("お聞かせください")).to_have_value("こんにちは")
    assert faults_day_and_night(page) == []


def test_the_form_by_keyboard_never_meets_the_field_for_robots(page):
    page.goto(make.survey(kind="feedback").get_absolute_url())

    page.keyboard.press("Tab")
    page.keyboard.type("More colours, please.")
    page.keyboard.press("Tab")
    page.keyboard.type("hanna@example.com")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="ありがとうございました")).to_be_visible()
    assert Response.objects.get().address_claim.claimed.address == "hanna@example.com"


def test_stopping_the_mail_by_keyboard(page, invitation):
    page.goto(invitation.customer.unsubscribe_path)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="メールをお止めしました")).to_be_visible()
    invitation.customer.refresh_from_db()
    assert invitation.customer.unsubscribed_at <= timezone.now()


def test_the_language_is_switched_in_place(page, url):
    page.goto(f"{url}?score=7")

    page.get_by_role("link", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("radio", name="7")).to_be_checked()
