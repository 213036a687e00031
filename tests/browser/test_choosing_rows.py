"""Rows of a list are chosen by a box each, by the box over them, and all of them by a link."""

import pytest

from tests import make
from tests.browser.test_reports import logged_in
from voc.models import Feedback

__all__ = ["logged_in"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(open_page, logged_in, monkeypatch):
    monkeypatch.setattr("lib.admin_base.DeskAdmin.list_per_page", 3)
    for _ in range(5):
        make.feedback("Slow")
    size = {"width": 1280, "height": 860}
    page = open_page(viewport=size, locale="en-GB", **logged_in)
    page.goto("/admin/voc/feedback/")
    return page


def test_what_is_chosen_is_counted(page):
    boxes = page.locator("#result_list tbody .action-select")

    boxes.first.check()
    assert page.locator(".action-counter").inner_text() == "1 of 3 selected"
    assert page.locator("tr.selected").count() == 1
    assert boxes.first.get_attribute("aria-label") == "Select record"

    page.locator("#action-toggle").check()
    assert page.locator(".action-counter").inner_text() == "3 of 3 selected"
    assert boxes.nth(2).is_checked()


def test_all_there_are_can_be_chosen_and_taken(page):
    page.locator("#action-toggle").check()
    page.get_by_text("Select all 5 feedback").click()
    page.locator("select[name=action]").select_option("take")
    page.get_by_role("button", name="Run").click()
    page.wait_for_load_state()

    assert Feedback.objects.filter(status="taken").count() == 5


def test_the_pages_are_turned_by_links(page):
    first = page.locator("#result_list tbody th a").all_inner_texts()

    page.get_by_role("link", name="Next →").click()
    page.wait_for_load_state()
    assert page.locator("#result_list tbody tr").count() == 2
    page.get_by_role("link", name="← Previous").click()
    page.wait_for_load_state()

    assert page.locator("#result_list tbody th a").all_inner_texts() == first
