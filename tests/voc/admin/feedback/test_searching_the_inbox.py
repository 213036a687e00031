"""The inbox is searched by words in any form and by the customer, and shows what was found."""

import re

import pytest
from django.contrib.auth.models import Permission

from tests import make
from tests.voc.analyzing import analyze_all
from voc.admin.feedback.found_words import marked, spans
from voc.models import Feedback

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/feedback/"
FAR = "お店の場所はすぐに分かりました。広くて明るい店内でした。" * 6


def found(desk, words):
    return desk.get(LIST, {"q": words, "pile": "all"}).context["cl"].result_list


def line(desk, words):
    """The line of the one item that is found."""
    page = desk.get(LIST, {"q": words, "pile": "all"}).content.decode()
    [said] = re.findall(r'<bdi class="said">(.*?)</bdi>', page)
    return said


def only_feedback(client):
    user = make.staff(name="mori")
    user.is_superuser = False
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="view_feedback"))
    client.force_login(user)
    return client


def test_a_customer_s_words_are_found_by_name_and_address(desk):
    ogawa = make.customer(name="小川　みどり")
    hers = make.feedback("開けにくい", by=ogawa)
    answered = make.response(4, "届くのが遅い", by=ogawa)
    make.feedback("小川町のお店です", by=make.customer(name="森"))

    assert set(found(desk, "小川みどり")) == {hers, answered.feedback}
    assert set(found(desk, "小川 遅い")) == {answered.feedback}
    assert set(found(desk, ogawa.email)) == {hers, answered.feedback}
    assert len(found(desk, "小川")) == 3


@pytest.mark.parametrize("most_linked", [1, 1_000])
def test_many_customers_of_a_name_are_found_as_few_are(desk, monkeypatch, most_linked):
    monkeypatch.setattr("lib.desk.found.MOST_LINKED", most_linked)
    slow = [make.feedback("返事が遅かった", by=make.customer(name="小川")) for _ in range(2)]
    dear = make.feedback("高い", by=make.customer(name="小川"))
    make.feedback("返事が遅かった", by=make.customer(name="森"))
    analyze_all()

    assert set(found(desk, "小川")) == {*slow, dear}
    assert set(found(desk, "遅い 小川")) == set(slow)


def test_who_may_not_see_customers_does_not_find_them(client):
    ogawa = make.customer(name="小川")
    make.feedback("開けにくい", by=ogawa)
    desk = only_feedback(client)

    assert found(desk, "小川") == []
    assert found(desk, ogawa.email) == []
    assert len(found(desk, "開けにくい")) == 1


def test_the_field_says_what_it_searches(desk, client):
    whole = desk.get(LIST, headers={"accept-language": "en"}).content.decode()
    assert "Search in what they said, or by the customer" in whole

    part = only_feedback(client).get(LIST, headers={"accept-language": "en"}).content.decode()
    assert "Search in what they said" in part
    assert "or by the customer" not in part


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("返事が遅い。", "遅い", "返事が<mark>遅い</mark>。"),
        ("返事が遅かった。", "遅い", "返事が<mark>遅かった</mark>。"),
        ("返事が遅かった。", "オソイ", "返事が<mark>遅かった</mark>。"),
        ("返事が遅い。まだ遅い", "おそい", "返事が<mark>遅い</mark>。まだ<mark>遅い</mark>"),
        ("ﾗﾍﾞﾙが取れた", "らべる 取れる", "<mark>ﾗﾍﾞﾙ</mark>が<mark>取れた</mark>"),
        ("Two <b>deliveries</b>", "delivery b",
         "Two &lt;<mark>b</mark>&gt;<mark>deliveries</mark>&lt;/<mark>b</mark>&gt;"),
        ("It is SLOW", "slow", "It is <mark>SLOW</mark>"),
        ("very slowly", "slowly low", "very <mark>slowly</mark>"),
    ],
)  # fmt: skip
def test_a_line_marks_what_was_found(desk, text, words, shown):
    make.feedback(text)
    analyze_all()

    assert line(desk, words) == shown


def test_a_line_shows_what_was_found_far_behind(desk):
    make.feedback(f"{FAR}ただ返事が遅かったです。{FAR}")
    analyze_all()

    assert "…" in (said := line(desk, "遅い"))
    assert "ただ返事が<mark>遅かった</mark>です。" in said


def test_a_line_found_by_the_customer_marks_nothing(desk):
    make.feedback("返事が遅い", by=make.customer(name="小川"))

    assert line(desk, "小川") == "返事が遅い"


def test_without_a_search_nothing_is_marked(desk):
    make.feedback("返事が遅い")

    assert b"<mark>" not in desk.get(LIST, {"pile": "all"}).content


def test_the_page_of_an_item_marks_it_too(desk):
    item = make.feedback("返事が遅かった。\n窓口も遅くて困った。")
    analyze_all()
    Feedback.objects.update(feelings=[["negative", 0, 5]], signs=[])

    listed = desk.get(LIST, {"q": "おそい", "pile": "all"}).content.decode()
    [address] = re.findall(rf'href="({item.pk}/change/[^"]*)"', listed)
    page = desk.get(LIST + address.replace("&amp;", "&")).content.decode()

    words = page.partition('class="desk-words"')[2].partition("</bdi>")[0]
    whole = "".join(re.findall(r"<mark>(.*?)</mark>", words))
    assert re.sub("<[^>]*>", "", whole) == "遅かった遅くて"
    assert "<mark>" not in desk.get(f"{LIST}{item.pk}/change/").content.decode()


@pytest.mark.parametrize("words", ["%", "'\"><script>", "い" * 500, "\u200b", "İ ß ﬃ"])
def test_odd_words_stop_neither_list_nor_page(desk, words):
    item = make.feedback("İstanbul ﬃ ß %, い\u200bい")
    analyze_all()

    assert desk.get(LIST, {"q": words, "pile": "all"}).status_code == 200
    assert desk.get(f"{LIST}{item.pk}/change/", {"q": words}).status_code == 200


def test_places_are_those_of_the_text_as_it_was_typed():
    text = "ﾊﾞｯｸﾞ（㈱ことり）の ﾀﾞﾒ\u200bﾅ鞄"

    assert [text[a:b] for a, b in spans(text, ["ばっぐ", "(株)", "だめな"])] == [
        "ﾊﾞｯｸﾞ",
        "㈱",
        "ﾀﾞﾒ\u200bﾅ",
    ]
    assert marked("<i>", ["i"]) == "&lt;<mark>i</mark>&gt;"


@pytest.mark.parametrize("words", ["おそい", "小川", "小川 遅い"])
def test_a_longer_list_costs_as_many_statements(desk, django_assert_num_queries, words):
    for n in (2, 4):
        for _ in range(n):
            make.response(3, "返事が遅かった", by=make.customer(name="小川"))
        analyze_all()
        found(desk, words)
        with django_assert_num_queries(12 if " " in words else 11):
            assert found(desk, words)
