"""/reports/ in a real browser: charts are drawn without eval; without scripts there are tables."""

from __future__ import annotations

import re
import zlib
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from surveys.models import Survey
from tests import make
from voc.models import Feedback, Tag

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"width": 1280, "height": 900}
LOADED = 30_000  # milliseconds: the machine may be busy


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
    wait_for_charts(page)

    assert page.locator(".chart svg").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []


def test_a_chart_says_what_it_shows_in_words(open_page, logged_in, answers):
    page = open_page(**logged_in)
    page.goto("/reports/?period=1")
    wait_for_charts(page)

    chart = page.get_by_role("img").first
    assert chart.get_attribute("aria-label").startswith("月ごとのNPS: ")


def test_the_table_is_one_press_away(open_page, logged_in, answers):
    page = open_page(**logged_in)
    page.goto("/reports/")
    wait_for_charts(page)

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


def fix_shipped(*, days_ago, we_did_ja=""):
    fix = make.fix(we_did_ja=we_did_ja)
    fix.state, fix.shipped_at = "shipped", timezone.now() - timedelta(days=days_ago)
    fix.save()


def drawn(open_page, logged_in, path="/reports/", **options):
    page = open_page(**logged_in, **options)
    page.goto(path)
    wait_for_charts(page)
    return page


def wait_for_charts(page):
    """Each chart closes its table when it stands."""
    expect(page.locator("details")).not_to_have_count(0, timeout=LOADED)
    expect(page.locator("details[open]")).to_have_count(0, timeout=LOADED)


BROKEN_CELLS = """
    [...document.querySelectorAll("td, tbody th")].filter(cell => {
        const text = document.createRange();
        text.selectNodeContents(cell);
        return new Set([...text.getClientRects()].map(line => Math.round(line.top))).size > 1;
    }).map(cell => cell.textContent)
"""


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_number_and_no_date_breaks_in_a_table(open_page, logged_in, answers, width, language):
    fix_shipped(days_ago=3)
    path = f"/reports/?lang={language}&period=1"
    page = drawn(open_page, logged_in, path, viewport={"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(table => table.open = true)")

    assert page.evaluate(BROKEN_CELLS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_table_that_does_not_fit_scrolls_by_keyboard_and_says_what_it_is(
    open_page, logged_in, answers
):
    page = drawn(open_page, logged_in)
    page.locator(".figure-months summary").click()
    region = page.get_by_role("region", name="月ごとのNPS").last

    region.evaluate("it => it.addEventListener('scroll', () => it.dataset.scrolled = 'so')")

    region.focus()
    page.keyboard.press("ArrowRight")

    page.locator("[data-scrolled]").wait_for()


OVERLAPPING = """
    [...document.querySelectorAll(".figure-months svg text")]
        .filter(text => text.getAttribute("fill") === "var(--leaf)")
        .map(text => [text.textContent, text.getBoundingClientRect()])
        .flatMap(([said, box], i, all) => all.slice(i + 1)
            .filter(([_, next]) => box.left < next.right + 2 && next.left < box.right + 2
                && box.top < next.bottom && next.top < box.bottom)
            .map(([other]) => `${said} and ${other}`))
"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("fixes", [1, 3, 12])
def test_numbers_of_fixes_within_a_week_do_not_overlap(open_page, logged_in, answers, width, fixes):
    for number in range(fixes):
        fix_shipped(days_ago=number * 7 / fixes, we_did_ja="定期便の曜日と間隔を選べる" * 5)
    for days in (20, 45, 70):
        fix_shipped(days_ago=days)
    long_ago = timezone.now() - timedelta(days=150)
    make.response(9, about=Survey.objects.get(), at=long_ago)
    page = drawn(open_page, logged_in, viewport={"width": width, "height": 900})

    assert page.locator(".fixes li").count() == fixes + 3
    assert page.evaluate(OVERLAPPING) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def pages_of(pdf):
    """What is drawn on each page of a PDF of Chromium's, in order."""
    contents = re.findall(rb"/Type /Page\n.*?/Contents (\d+) 0 R", pdf, re.DOTALL)
    streams = [
        re.search(rb"\n%s 0 obj\n.*?stream\n(.*?)\nendstream" % number, pdf, re.DOTALL)
        for number in contents
    ]
    return [zlib.decompress(stream[1]) for stream in streams]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_prints_on_two_sheets_at_most_and_none_is_empty(open_page, logged_in, answers, language):
    for days in range(0, 30, 5):
        fix_shipped(days_ago=days)
    page = drawn(open_page, logged_in, f"/reports/?lang={language}", viewport=DESK)

    sheets = pages_of(page.pdf(format="A4"))

    assert 1 <= len(sheets) <= 2
    assert all(len(sheet) > 2_000 for sheet in sheets), "a sheet with hardly anything on it"


def test_on_paper_are_charts_and_tables_and_no_buttons(open_page, logged_in, answers):
    page = drawn(open_page, logged_in, viewport=DESK)

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert all(chart.is_visible() for chart in page.locator(".chart svg").all())
    assert all(table.is_visible() for table in page.locator("table").all())
    assert not any(button.is_visible() for button in page.locator("a, button, select").all())
    after = "[...document.querySelectorAll('a')].map(a => getComputedStyle(a, '::after').content)"
    assert set(page.evaluate(after)) == {"none"}


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
