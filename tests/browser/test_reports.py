"""/reports/ in a real browser: charts are drawn without eval; without scripts there are tables."""

from __future__ import annotations

import pytest

from tests import make
from voc.models import Feedback, Tag

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def logged_in(client, live_server):
    """A context that is logged in already."""
    client.force_login(make.staff())
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    return {"storage_state": {"cookies": [cookie(session, live_server)], "origins": []}}


def cookie(session, live_server):
    return {
        **session,
        "domain": live_server.url.split("//")[1].split(":")[0],
        "path": "/",
        "expires": -1,
        "httpOnly": True,
        "secure": False,
        "sameSite": "Lax",
    }


@pytest.fixture
def answers():
    topic, survey = make.topic("rust"), make.survey()
    for score in (10, 9, 8, 3):
        response = make.response(score, about=survey)
        item = Feedback.objects.create(text="…", channel="survey", response=response)
        Tag.objects.create(feedback=item, topic=topic, sentiment="positive")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_charts_are_drawn_and_axe_finds_nothing_wrong(
    open_page, logged_in, answers, violations, scheme, width
):
    page = open_page(**logged_in, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto("/reports/")
    page.locator(".figure-topics .chart svg").wait_for()

    assert page.locator(".chart svg").count() == 3
    assert page.locator("details[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []


def test_a_chart_says_what_it_shows_in_words(open_page, logged_in, answers):
    page = open_page(**logged_in)
    page.goto("/reports/?period=1")
    page.locator(".figure-months .chart svg").wait_for()

    chart = page.get_by_role("img").first
    assert chart.get_attribute("aria-label").startswith("月ごとのNPS: ")


def test_the_table_is_one_press_away(open_page, logged_in, answers):
    page = open_page(**logged_in)
    page.goto("/reports/")
    page.locator(".figure-topics .chart svg").wait_for()

    page.get_by_text("数値を見る").first.click()

    assert page.locator(".figure-months table").is_visible()


def test_without_javascript_the_tables_are_open(open_page, logged_in, answers):
    page = open_page(**logged_in, java_script_enabled=False)
    page.goto("/reports/")

    assert page.locator("table").count() == 3
    assert all(table.is_visible() for table in page.locator("table").all())
    assert not page.locator(".chart").first.is_visible()


def test_days_are_chosen_without_javascript(open_page, logged_in, answers):
    page = open_page(**logged_in, java_script_enabled=False)
    page.goto("/reports/")

    page.get_by_label("開始日").fill("2026-04-02")
    page.get_by_label("終了日").fill("2026-04-01")
    page.get_by_role("button", name="表示").click()

    assert page.get_by_text("終了日が開始日より前です。").is_visible()


def width_of(page):
    return page.evaluate("document.documentElement.scrollWidth")


def test_long_names_make_no_page_wider_than_a_phone(open_page, logged_in):
    long = "A name without an end and without mercy " * 3
    item = make.response(3, "Slow", about=make.survey(name=long)).feedback
    Tag.objects.create(feedback=item, topic=make.topic("x" * 40), sentiment="negative")
    make.fix(item, we_did_en=long * 3)
    page = open_page(**logged_in)

    for path in ("/reports/", f"/admin/voc/feedback/{item.pk}/change/", "/admin/reports/fix/"):
        page.goto(path)
        assert (path, width_of(page)) == (path, 390)
