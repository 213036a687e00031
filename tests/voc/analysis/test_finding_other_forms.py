"""Feedback is found by any form of its words, in kana as in kanji: the worker writes them down."""

import pytest
from django.utils import timezone

from lib import search
from surveys.responses import submit
from tests import make
from tests.voc.analyzing import analyze_all, reanalyze_all
from voc import reanalysis
from voc.analysis.search_words import search_words
from voc.intake.capture import capture, capture_all
from voc.intake.incoming import Incoming
from voc.models import Feedback
from voc.nlp.reading import OtherForms

pytestmark = pytest.mark.django_db

FOUND = [
    ("荷物がなかなか着かず、窓口も遅かった", "遅い"),
    ("荷物がなかなか着かず、窓口も遅かった", "着く"),
    ("返事が遅くて待ちくたびれた", "遅い"),
    ("返事が遅すぎる", "遅い"),
    ("返事が遅い", "おそい"),
    ("返事が遅い", "オソイ"),
    ("返事が遅い", "ｵｿｲ"),
    ("返事が遅かった", "おそかった"),
    ("返事がおそかった", "遅い"),
    ("返事がおそかった", "遅かった"),
    ("対応が速くて助かりました", "はやい"),
    ("対応が速くて助かりました", "助かる"),
    ("説明がわかりやすい", "分かりやすい"),
    ("説明が分かりやすい", "わかりやすい"),
    ("箱が壊れていました", "こわれる"),
    ("箱が壊れていました", "ハコ"),
    ("箱が壊れていました", "箱 壊れる"),
    ("返品したいのに窓口が閉まっていた", "へんぴん"),
    ("また来ました", "くる"),
    ("Both deliveries were late", "delivery"),
    ("Both deliveries were late", "DELIVERY late"),
    ("They answered slowly and it got slower", "slow"),
    ("The lid was broken when I bought it", "break"),
    ("The lid was broken when I bought it", "buy"),
    ("The second one was worse", "bad"),
    ("Easily done", "easy"),
    ("I was so dissapointed by the colour", "disappointed"),
]  # fmt: skip


def found_by(words):
    return Feedback.objects.filter(search.holding(["search_text", "search_words"], words))


@pytest.mark.parametrize(("text", "words"), FOUND)
def test_a_form_that_does_not_stand_in_the_text_finds_it(text, words):
    item = make.feedback(text)
    make.feedback("青い封筒を二枚。 Nothing like it.")
    analyze_all()

    assert found_by(words).get() == item
    often = search.holding_often(["search_text", "search_words"], words)
    assert Feedback.objects.filter(often).get() == item


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("返事が遅い", "速い"),
        ("返事が遅い", "おそろしい"),
        ("Both deliveries were late", "delivers"),
        ("They bought it", "by"),
        ("箱", "パコ"),
    ],
)
def test_other_words_do_not(text, words):
    make.feedback(text)
    analyze_all()

    assert not found_by(words).exists()


def test_each_line_begins_with_the_words_as_they_stand():
    make.feedback("返事が遅かった。窓口も遅くて、おそい。")
    analyze_all()

    assert Feedback.objects.get().search_words.split("\n") == [
        "返事 へんじ",
        "遅かった 遅い おそかった",
        "窓口 まどぐち",
        "遅くて 遅い おそくて",
        "おそい 遅い",
    ]


def test_what_stands_in_the_text_is_not_written_again():
    make.feedback("Slow, slow, slow. アプリ")
    analyze_all()

    assert Feedback.objects.get().search_words is None


def test_forms_are_folded_as_the_text_is():
    assert search_words("Ｂａ", [OtherForms("Ｂａ", ("ｶﾗ ｽ", "ba", "Ｃ", "c"))]) == "ba からす c"


def test_what_was_analyzed_before_gets_its_words_when_it_is_analyzed_again(sato):
    item = make.feedback("返事が遅かった")
    Feedback.objects.update(analyzed_at=timezone.now())
    assert not found_by("遅い").exists()

    reanalysis.begin(by=sato, now=timezone.now())
    reanalyze_all()

    assert found_by("遅い").get() == item


def test_a_person_who_corrects_the_reading_keeps_its_words():
    item = make.feedback("返事が遅かった")
    Feedback.objects.update(sentiment_by="person", topics_by="person", signs_by="person")
    analyze_all()

    assert found_by("おそい").get() == item


@pytest.mark.parametrize("many", [True, False])
def test_other_words_of_the_same_item_are_not_found_by_the_old_ones(many):
    now = timezone.now()
    capture(text="返事が遅かった", channel="review", received_at=now, external_id="7")
    analyze_all()

    if many:
        list(capture_all([Incoming("返事が早かった", now, "7")], channel="review"))
    else:
        capture(text="返事が早かった", channel="review", received_at=now, external_id="7")

    assert not found_by("遅い").exists()
    analyze_all()
    assert found_by("早い").exists()


def test_nor_are_those_of_an_answer_that_its_customer_changed():
    first = make.response(3, "返事が遅かった")
    analyze_all()

    now = timezone.now()
    submit.answer(first.invitation, score=3, comment="返事が早かった", language="ja", now=now)

    assert not found_by("遅い").exists()
