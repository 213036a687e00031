"""An item in a real browser: its margin and its form, by keyboard, on a phone, day and night."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import make
from tests.browser.test_reports import logged_in
from voc.models import Feedback, Topic

__all__ = ["logged_in"]

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "解約します。送料が高すぎます。03-0000-1234までお電話ください。"


@pytest.fixture
def item(db):
    make.default_topics()
    made = make.response(9, TEXT).feedback
    Feedback.objects.filter(pk=made.pk).update(
        sentiment="negative",
        feelings=[["negative", 9, 12]],
        intent="request",
        urgency="churn",
        signs=[["churn", 0, 5], ["request", 30, 36]],
        language="ja",
        analyzer="rules-2",
        analyzed_at=timezone.now(),
    )
    price = Topic.objects.get(key="price")
    made.tags.create(topic=price, sentiment="negative", start=6, end=8)
    return made


def url(item):
    return f"/admin/voc/feedback/{item.pk}/change/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/admin/voc/feedback/", "item"])
def test_axe_finds_nothing_wrong(open_page, logged_in, item, violations, scheme, width, path):
    page = open_page(**logged_in, color_scheme=scheme, viewport={"width": width, "height": 900})

    page.goto(url(item) if path == "item" else path)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page, ".desk") == []


def test_the_feeling_about_a_topic_is_asked_for_once_it_is_chosen(open_page, logged_in, item):
    page = open_page(**logged_in)
    page.goto(url(item))
    feeling = page.get_by_label("「スタッフ」への感情")
    assert not feeling.is_visible()

    page.get_by_label("スタッフ", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="訂正する").press("Enter")

    page.get_by_text("訂正しました。").wait_for()
    assert item.tags.get(topic__key="staff").sentiment == "positive"
