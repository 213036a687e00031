"""A form sent twice by Back, and the page that asks whose words they are; on a phone."""

import pytest

from surveys.models import AddressClaim, Response
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_back_and_send_again_is_one_voice(page):
    page.goto(make.survey(kind="feedback").get_absolute_url())
    page.fill("#words", "遅い")
    for _twice in range(2):
        page.get_by_role("button", name="送信").click()
        page.wait_for_url("**/thanks/**")
        page.go_back()
        page.wait_for_url(lambda url: "thanks" not in url)
        if not page.input_value("#words"):  # the browser asked for the page anew
            page.fill("#words", "遅い")

    assert [response.comment for response in Response.objects.all()] == ["遅い"]


def test_the_owner_of_an_address_confirms_with_one_press(page, violations):
    claim = make.claim("配送をもっと速くしてください。", email="k@example.jp", language="ja")
    make.claim("https://evil.example/x を見て", email="k@example.jp", language="ja")
    page.goto(claim.claimed.get_absolute_url())
    assert violations(page) == []
    assert page.locator("main a").count() == 0

    page.get_by_role("button", name="はい、書きました").first.click()
    page.wait_for_url("**lang=ja")

    assert [str(each.confirmed_at is not None) for each in AddressClaim.objects.all()] == [
        "True",
        "False",
    ]


def test_without_javascript_it_takes_one_press_more(page_without_javascript, violations):
    page = page_without_javascript
    claim = make.claim(language="ja")
    page.goto(claim.claimed.get_absolute_url())

    page.get_by_role("button", name="いいえ、書いていません").click()

    assert page.get_by_role("heading", name="もう一度").count() == 1
    assert page.get_by_role("button", name="はい、書きました").count() == 0
    claim.refresh_from_db()
    assert claim.is_open
