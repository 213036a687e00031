"""/you-said/ in a real browser: on a phone, in Japanese, with and without JavaScript."""

from __future__ import annotations

import pytest
from django.utils import timezone

from reports.models import Fix
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fixes():
    """Two that shipped; the second was never written in English."""
    said = [make.feedback(by=make.customer()) for _ in range(12)]
    shipped(*said, you_said_ja="検索が遅い。", we_did_ja="検索を10倍速くしました。")
    shipped(
        you_said_ja="請求書が読みにくい。", you_said_en="", we_did_ja="直しました。", we_did_en=""
    )


def shipped(*asked_in, **words):
    fix = make.fix(*asked_in, **words)
    Fix.objects.filter(pk=fix.pk).update(state="shipped", shipped_at=timezone.now())


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def phone(request, open_page):
    return open_page(java_script_enabled=request.param)


def test_it_reads_as_a_conversation(phone, fixes):
    phone.goto("/you-said/")

    talks = phone.locator(".talk")
    assert talks.count() == 2
    assert talks.last.locator("h2").all_inner_texts() == ["いただいた声", "私たちがしたこと"]
    assert talks.last.get_by_text("12件のお客様の声から").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_axe_finds_nothing_wrong(open_page, violations, fixes, scheme, language):
    page = open_page(color_scheme=scheme)
    page.goto(f"/you-said/?lang={language}")

    assert violations(page) == []


def test_axe_finds_nothing_wrong_before_the_first_fix(page, violations):
    page.goto("/you-said/")

    assert page.get_by_text("ここには").is_visible()
    assert violations(page) == []


def test_the_language_can_be_switched(phone, fixes):
    phone.goto("/you-said/")

    phone.get_by_role("link", name="English").click()

    assert phone.get_by_role("heading", name="You said, we did").is_visible()
    assert phone.get_by_text("請求書が読みにくい。").is_visible()
