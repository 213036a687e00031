"""Every page of the desk in a real browser: one type, one ink, by day and night, for every hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from config.admin_theme import PAPER_TO_INK
from surveys.models import Customer
from tests import make
from tests.browser.test_reports import logged_in
from voc.models import (
    Classifier,
    Connector,
    CustomerMail,
    Export,
    Feedback,
    ReplyTemplate,
    Theme,
    Topic,
)

__all__ = ["logged_in"]

pytestmark = pytest.mark.django_db(transaction=True)

CSS = Path(__file__).parents[2] / "static/css/desk.css"
LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")
COLOUR = re.compile(r"#[0-9a-f]{6}\b")
DESK = {"viewport": {"width": 1280, "height": 860}}
TARGETS_OF_24_PIXELS = {"rules": {"target-size": {"enabled": True}}}
CONTRAST_ALONE = {"runOnly": ["color-contrast"]}
AT_ONCE = "*, ::before, ::after { transition: none !important; }"
SAID = (
    "定期便を解約します。味は好きでしたが、送料が高すぎて続けられません。もっと早く相談すればよかったです。"
    * 2
)


def inks(*, by_night):
    light, dark = CSS.read_text(encoding="utf-8").split(":root.dark", 1)
    return [*COLOUR.findall(dark.split("}")[0] if by_night else light), *PAPER_TO_INK.values()]


@pytest.fixture
def rows(db):
    """One row at least of every kind that the desk lists."""
    make.default_topics()
    customer = make.customer(language="ja", name="山田 花子")
    Customer.objects.filter(pk=customer.pk).update(
        attributes={"plan": "Gold", "orders": 3, "member": True, "address": {"city": "星見市"}}
    )
    answered = make.response(3, SAID, by=customer)
    Feedback.objects.filter(pk=answered.feedback.pk).update(
        sentiment="negative", intent="complaint", urgency="churn", signs=[["churn", 0, 9]],
        feelings=[["negative", 21, 25]], analyzed_at=timezone.now(), raw={"star": 1},
    )  # fmt: skip
    price = Topic.objects.get(key="price")
    answered.feedback.tags.create(topic=price, sentiment="negative", start=18, end=20)
    fix = make.fix(answered.feedback)
    fix.notices.create(customer=customer, feedback=answered.feedback)
    make.skip()
    make.claim()
    make.uploaded_import("email\nhana@example.com\nnobody\n")
    Theme.objects.create(
        language="ja", phrase="送料", n=12, texts=340, n_before=1, texts_before=910, strength=4.2,
        starts=timezone.now(), ends=timezone.now(),
    )  # fmt: skip
    Classifier.objects.create(
        language="ja", version=1, state="in_use", examples=140, corrected=60, rules_version="rules"
    )
    Export.objects.create(items=3, masked=True)
    boss = make.staff()
    make.office(of=boss)
    make.case(about=answered, owner=boss)
    answer = make.reply("調べております。", to=make.case_of_words(SAID, by=customer))
    CustomerMail.objects.create(
        case=answer.case, message_id="<a@b>", text=SAID, notes=[["charset", "utf-8 → Shift_JIS"]],
        headers=[["Subject", "件名"]], attachments=[["写真.png", 1_000]], from_name="山田 花子",
    )  # fmt: skip
    ReplyTemplate.objects.create(name="お詫び", language="ja", body="{name}様")
    Connector.objects.create(name="店", kind="app_store", address="https://apps.apple.com/app/id1")
    Group.objects.create(name="お客様窓口")
    return {"customer": customer, "fix": fix, "case": answer.case}


def pages(rows):
    """The list, the form for a new row, a row and its history, of every model on the desk."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        one = [model._default_manager.first().pk]
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        yield reverse(f"{name}_change", args=one)
        yield reverse(f"{name}_history", args=one)
    yield reverse("admin:index")
    yield reverse("admin:password_change")
    yield reverse("admin:surveys_customer_delete", args=[rows["customer"].pk])
    yield f"/admin/reports/fix/{rows['fix'].pk}/ship/"
    yield f"/admin/voc/reply/case/{rows['case'].pk}/"
    yield "/admin/surveys/customer/import/"
    yield "/admin/surveys/customer/?q=nobody"


def what_is_wrong(page, violations):
    """By day and, without another visit, by night."""
    wrong = [*looks(page), *violations(page, options=TARGETS_OF_24_PIXELS)]
    looks_by_night = looks(page, by_night=True)
    wrong += [f"by night: {line}" for line in looks_by_night]
    return wrong + [f"by night: {each}" for each in violations(page, options=CONTRAST_ALONE)]


def looks(page, *, by_night=False):
    page.add_style_tag(content=AT_ONCE)
    page.evaluate("night => document.documentElement.classList.toggle('dark', night)", by_night)
    return page.evaluate(LOOK, inks(by_night=by_night))


def test_no_page_of_the_desk_is_a_stock_one(open_page, logged_in, rows, violations):
    """Forms for new rows and histories are made of the same parts: of them the look is enough."""
    page = open_page(**logged_in, **DESK)

    wrong = {}
    for path in pages(rows):
        if page.goto(path).status == 403:
            continue  # nobody adds what records what happened
        made_of_the_same = path.endswith(("/add/", "/history/"))
        wrong[path] = looks(page) if made_of_the_same else what_is_wrong(page, violations)

    assert {path: lines for path, lines in wrong.items() if lines} == {}
    assert len(wrong) > 45


def test_the_way_in_is_ours_too(open_page, db, violations):
    page = open_page(**DESK)
    page.goto("/admin/login/")

    assert what_is_wrong(page, violations) == []


@pytest.mark.parametrize("language", ["ja-JP", "en-GB"])
def test_the_words_have_the_room(open_page, logged_in, rows, language):
    """Forty letters of Japanese a line, two lines, rows of one height, age at the right."""
    for _more in range(3):
        make.feedback("短い声です。")
    page = open_page(**logged_in, **{**DESK, "locale": language})
    page.goto("/admin/voc/feedback/?pile=all")

    words = page.locator(".field-said a").first
    size = words.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    heights = page.evaluate(
        "[...document.querySelectorAll('#result_list tbody tr')].map(row => row.offsetHeight)"
    )
    assert words.bounding_box()["width"] / size >= 40
    assert max(heights) - min(heights) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    right = page.locator(".field-received").first.bounding_box()
    assert right["x"] > words.bounding_box()["x"] + words.bounding_box()["width"]


def test_the_first_press_of_tab_skips_to_the_first_voice(open_page, logged_in, rows):
    page = open_page(**logged_in, **DESK)
    page.goto("/admin/voc/feedback/?pile=all")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.closest('.field-said') !== null")


def test_the_last_row_is_not_under_the_foot(open_page, logged_in, rows):
    for number in range(30):
        make.feedback(f"{number}番目の声です。")
    page = open_page(**logged_in, **DESK)
    page.goto("/admin/voc/feedback/?pile=all")
    page.locator("input.action-select").last.check()

    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")

    row = page.locator("#result_list tbody tr").last.bounding_box()
    bar = page.locator("#changelist-actions").bounding_box()
    assert row["y"] + row["height"] <= bar["y"]


def test_a_topic_is_named_in_the_margin_and_not_among_the_words(open_page, logged_in, rows):
    page = open_page(**logged_in, **DESK)
    page.goto(
        f"/admin/voc/feedback/{Feedback.objects.filter(customer=rows['customer']).earliest('pk').pk}/change/"
    )

    note = page.locator(".beside", has_text="価格").bounding_box()
    words = page.locator(".mark.names-topic").bounding_box()
    assert note["x"] > words["x"] + words["width"]
    assert abs(note["y"] - words["y"]) < 60
