"""The inbox and the cases by keyboard: keys move, choose and act, and never while one types."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import make
from tests.browser.test_reports import logged_in
from voc.cases import workflow
from voc.models import Feedback

__all__ = ["logged_in"]

pytestmark = pytest.mark.django_db(transaction=True)

INBOX = "/admin/voc/feedback/?pile=new"
FOCUSED = "document.activeElement.closest('tr')?.querySelector('.said')?.innerText ?? ''"


@pytest.fixture
def desk(open_page, logged_in):
    make.default_topics()
    for words in ("first", "second", "third"):
        item = make.feedback(words)
        Feedback.objects.filter(pk=item.pk).update(
            received_at=timezone.now(), sentiment="negative", language="en",
            analyzed_at=timezone.now(),
        )  # fmt: skip
    page = open_page(viewport={"width": 1280, "height": 860}, locale="en-GB", **logged_in)
    page.goto(INBOX)
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def leads_away(page, *keys):
    """Press keys, the last of which opens another page."""
    press(page, *keys[:-1])
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def at(page):
    return page.evaluate(FOCUSED)


def test_j_and_k_move_and_stop_at_the_ends(desk):
    seen = []
    for key in ("j", "j", "j", "j", "k"):
        press(desk, key)
        seen.append(at(desk))

    assert seen == ["third", "second", "first", "first", "second"]
    assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_row_one_is_at_is_handed_over_and_the_next_is_at_hand(desk):
    make.staff(name="ken")
    leads_away(desk, "j", "j", "a")
    desk.get_by_label("Owner").select_option(label="ken")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Hand over").click()
    desk.wait_for_load_state()

    assert Feedback.objects.get(text="second").owner.username == "ken"
    desk.wait_for_function(f"({FOCUSED}) === 'first'")


def test_chosen_rows_are_dismissed_together_and_put_back(desk):
    leads_away(desk, "j", "x", "j", "x", "e")
    desk.get_by_label("Reason").fill("spam")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Dismiss").click()
    assert Feedback.objects.filter(status="dismissed").count() == 2

    with desk.expect_navigation():
        desk.get_by_role("button", name="Undo").click()
    assert Feedback.objects.filter(status="new").count() == 3


def test_an_item_is_opened_left_for_the_next_and_for_the_list(desk):
    leads_away(desk, "j", "o")
    assert "third" in desk.locator(".desk-what-they-said").inner_text()
    leads_away(desk, "j")
    assert "second" in desk.locator(".desk-what-they-said").inner_text()
    leads_away(desk, "u")

    assert desk.url.endswith(INBOX)
    desk.wait_for_function(f"({FOCUSED}) === 'second'")


def test_enter_opens_the_row_one_is_at(desk):
    leads_away(desk, "j", "Enter")

    assert "/change/" in desk.url


def test_topics_are_corrected_from_the_list_and_on_the_page(desk):
    leads_away(desk, "j", "t")
    desk.wait_for_function("document.activeElement.closest('#topics')")

    press(desk, "Escape", "s")

    assert desk.evaluate("document.activeElement.closest('#sentiment') !== null")


def test_nothing_happens_while_one_types(desk):
    press(desk, "j", "/")
    assert desk.evaluate("document.activeElement.id") == "searchbar"

    desk.keyboard.type("jxeao?")

    assert desk.locator("#searchbar").input_value() == "jxeao?"
    assert desk.locator(".action-select:checked").count() == 0
    assert not desk.locator("#desk-keys").is_visible()


@pytest.mark.parametrize(
    "event",
    ["isComposing: true", "keyCode: 229", "ctrlKey: true", "altKey: true", "metaKey: true"],
)
def test_nothing_happens_while_an_ime_composes_or_with_another_key_held(desk, event):
    press(desk, "j")
    for key in ("x", "j", "?"):
        desk.evaluate(
            "([key]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
            f"{{key, bubbles: true, {event}}}))",
            [key],
        )

    assert at(desk) == "third"
    assert desk.locator(".action-select:checked").count() == 0
    assert not desk.locator("#desk-keys").is_visible()


def test_words_are_composed_in_the_search_as_everywhere(desk):
    press(desk, "/")
    typing = desk.context.new_cdp_session(desk)
    typing.send("Input.imeSetComposition", {"text": "おj", "selectionStart": 2, "selectionEnd": 2})
    press(desk, "Escape")
    typing.send("Input.insertText", {"text": "遅い"})

    assert "遅い" in desk.locator("#searchbar").input_value()


def test_a_dialog_lists_the_keys_and_stops_them(desk, violations):
    press(desk, "?")
    dialog = desk.locator("#desk-keys")
    assert dialog.is_visible()
    assert "back to the list" not in dialog.inner_text()
    assert violations(desk, "#desk-keys") == []

    press(desk, "j")
    assert at(desk) == ""
    press(desk, "Escape", "j")
    assert at(desk) == "third"


@pytest.mark.parametrize(("locale", "words"), [("ja-JP", "次の行へ"), ("en-GB", "the next one")])
def test_the_keys_are_told_in_both_languages(open_page, logged_in, locale, words):
    make.feedback("Slow")
    page = open_page(viewport={"width": 1280, "height": 860}, locale=locale, **logged_in)
    page.goto(INBOX)

    page.locator(".desk-keys-hint").click()

    assert words in page.locator("#desk-keys").inner_text()


def test_a_case_is_closed_by_keys(open_page, logged_in):
    workflow.open_case(response=make.response(2), now=timezone.now())
    page = open_page(viewport={"width": 1280, "height": 860}, locale="en-GB", **logged_in)
    page.goto("/admin/voc/case/")

    leads_away(page, "j", "o")
    leads_away(page, "e")
    assert page.get_by_role("heading", name="Why is it closed?").is_visible()


def test_without_scripts_no_key_is_promised(open_page, logged_in):
    make.feedback("Slow")
    page = open_page(java_script_enabled=False, **logged_in)
    page.goto(INBOX)

    assert not page.locator(".desk-keys-hint").is_visible()
    assert not page.locator("#desk-keys").is_visible()
