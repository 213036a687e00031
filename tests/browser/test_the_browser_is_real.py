"""A phone, in Japanese, that talks to us alone."""

from __future__ import annotations

import pytest

# No page of ours is needed to see what the browser is; 404 is as good as any.
ANY_PAGE = "/s/no-such-token/"


def test_it_is_a_phone_that_reads_japanese(page):
    page.goto(ANY_PAGE)

    assert page.evaluate("[innerWidth, innerHeight, navigator.language]") == [390, 844, "ja-JP"]


def test_it_has_letters_for_japanese(page):
    """Without a font every letter is the same empty box, of the same width and look."""
    page.goto(ANY_PAGE)

    drawn = page.evaluate(
        """() => ["届", "声"].map((letter) => {
            const context = document.createElement("canvas").getContext("2d");
            context.font = "40px sans-serif";
            context.fillText(letter, 0, 40);
            return context.canvas.toDataURL();
        })"""
    )

    assert drawn[0] != drawn[1]


def test_javascript_can_be_off(page_without_javascript):
    page_without_javascript.goto(ANY_PAGE)
    page_without_javascript.set_content("<noscript>no script</noscript>")

    assert page_without_javascript.get_by_text("no script").is_visible()


def test_axe_finds_what_is_wrong(page, violations):
    page.set_content("<html lang=ja><title>絵</title><main><h1>絵</h1><img src='data:,'></main>")

    assert violations(page) == ["""image-alt: <img src="data:,">"""]


def test_a_page_that_asks_a_stranger_is_noticed(page, faults):
    page.set_content("<img src='https://stranger.example/pixel.gif' alt=''>")
    page.wait_for_load_state("networkidle")

    assert faults[0] == "asked a stranger: https://stranger.example/pixel.gif"
    faults.clear()


@pytest.mark.parametrize(
    ("event", "script"),
    [("pageerror", "throw new Error('broken')"), ("console", "console.error('broken')")],
)
def test_a_script_that_breaks_is_noticed(page, faults, event, script):
    page.goto(ANY_PAGE)
    with page.expect_event(event):
        page.evaluate(f"setTimeout(() => {{ {script} }})")

    assert len(faults) == 1
    assert "broken" in faults.pop()
