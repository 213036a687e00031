"""Hanako goes the whole way, over HTTP and mail alone: asked, heard, answered by a fix, told.

`walk` knows nothing of where Todoku runs: tests/journeys walks it inside the test's own process,
and tests/services among real processes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from typing import Protocol

from surveys.responses.bot_detection import TIME_TO_READ
from tests.journeys.browsing import Visitor

HANAKO = "hanako@example.jp"
CUSTOMERS = (
    "メールアドレス,氏名,言語\r\nhanako@example.jp,星野 花子,日本語\r\ntanaka@,田中,日本語\r\n"
)
COMPLAINT = "アプリの画面が重くて、とても使いづらいです。"


class Place(Protocol):
    url: str
    staff: tuple[str, str]  # name and password

    def mails(self, count: int) -> list[EmailMessage]:
        """All mail so far, once `count` have come."""
        ...

    def wait_until(self, true: Callable[[], bool], what: str) -> None: ...


def walk(place: Place) -> None:
    with Visitor(place.url) as staff, Visitor(place.url) as hanako:
        staff.sign_in(*place.staff)
        ask(staff, place)
        (asked,) = place.mails(1)
        answer(hanako, asked)
        listen(staff, place)
        act(staff)
        told = place.mails(2)[-1]
        read_what_came_of_it(hanako, told)


def ask(staff: Visitor, place: Place) -> None:
    staff.go("/admin/surveys/customer/import/")
    table = BytesIO(CUSTOMERS.encode("cp932"))
    table.name = "顧客.csv"
    staff.press("form[enctype]:has([name=table])", table=table)
    assert staff.says("tanaka@"), "the bad row is told before anything is written"
    staff.press("form.import-choices", button="begin")
    place.wait_until(lambda: "取り込みました" in again(staff), "the table is imported")
    assert staff.says("行"), "the refused row stays in the report"

    staff.go("/admin/surveys/survey/add/")
    staff.press("#survey_form", name="注文のあと", slug="after-order")

    staff.choose("/admin/surveys/customer/", "星野 花子", action="invite")
    staff.press("form:has([name=seen])", button="asked")
    assert staff.says("1名に依頼します")


def answer(hanako: Visitor, mail: EmailMessage) -> None:
    assert mail["To"] == HANAKO
    assert "One-Click" in mail["List-Unsubscribe-Post"]
    three = re.search(r'href="([^"]+\?score=3)"', html_of(mail))
    assert three, "the mail has a link for every score"

    hanako.go(three[1])
    assert hanako.says("友人や同僚に薦める可能性")
    hanako.press(comment=COMPLAINT)
    time.sleep(TIME_TO_READ.total_seconds())  # she has no JavaScript, and is no machine
    hanako.press()
    assert hanako.says("ありがとうございました")
    hanako.go(link_in(mail))
    assert hanako.says(COMPLAINT), "she finds her words again, and may change her mind"


def listen(staff: Visitor, place: Place) -> None:
    place.wait_until(lambda: "否定" in line_of(staff, COMPLAINT), "the complaint is read")
    line = line_of(staff, COMPLAINT)
    assert "使いやすさ" in line
    assert "3" in line
    staff.choose("/admin/voc/feedback/", COMPLAINT, action="take")
    assert "対応中" in line_of(staff, COMPLAINT)


def act(staff: Visitor) -> None:
    staff.choose("/admin/voc/feedback/", COMPLAINT, action="record_fix")
    staff.press(
        "form:has([name=we_did_ja])",
        you_said_ja="アプリの画面が重い",
        you_said_en="The app feels slow",
        we_did_ja="画面の表示を3倍速くしました",
        we_did_en="Pages now open three times as fast",
    )
    staff.follow("提供済みにする")
    assert staff.says("日本語 1"), "before it ships, staff see who will be told"
    staff.press("form:has([name=asked])")


def read_what_came_of_it(hanako: Visitor, mail: EmailMessage) -> None:
    assert mail["To"] == HANAKO
    words = text_of(mail)
    assert COMPLAINT in words
    assert "画面の表示を3倍速くしました" in words

    hanako.go("/you-said/")
    assert hanako.says("アプリの画面が重い")
    assert hanako.says("画面の表示を3倍速くしました")
    hanako.go("/you-said/?lang=en")
    assert hanako.says("Pages now open three times as fast")


def again(staff: Visitor) -> str:
    """What the page that staff are on says by now."""
    staff.go(str(staff.browser.url))
    return staff.text


def line_of(staff: Visitor, words: str) -> str:
    staff.go("/admin/voc/feedback/?pile=all")
    return staff.line(words)


def html_of(mail: EmailMessage) -> str:
    return _part(mail, "html")


def text_of(mail: EmailMessage) -> str:
    return _part(mail, "plain")


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"https?://\S+/s/\S+/", text_of(mail))
    assert found
    return found[0]


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body(preferencelist=(kind,))
    assert body
    return str(body.get_content())
