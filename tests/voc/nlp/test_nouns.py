"""What a text speaks of: noun phrases, the same however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.nlp.en import nouns as english_nouns
from voc.nlp.ja import nouns as japanese_nouns


def japanese(text):
    return {text[noun.start : noun.end] for noun in japanese_nouns.find(text)}


def english(text):
    return {text[noun.start : noun.end] for noun in english_nouns.find(text)}


JAPANESE = [
    ("配送料の値上げはひどい", {"配送", "配送料", "値上げ", "配送料の値上げ"}),
    ("二段階認証が要る", {"二段階", "二段階認証", "段階", "段階認証", "認証"}),
    ("再設定メールが来ない", {"再設定", "再設定メール", "設定", "設定メール", "メール"}),
    ("お問い合わせ窓口", {"お問い合わせ", "お問い合わせ窓口", "窓口"}),
    ("ｱﾌﾟﾘを入れた", {"ｱﾌﾟﾘ"}),
    ("ポイント還元", {"ポイント", "ポイント還元", "還元"}),
    # Numbers, time, persons, pronouns and what says nothing on its own are no themes.
    ("3日間で5ポイント", set()),
    ("昨日、私は田中様にそれを言った", set()),
    ("この問題への対応に感謝", set()),
    ("最高に便利で快適", set()),
    ("(笑) (^o^) 😀", set()),
    ("https://example.jp/アプリ tanaka@example.jp", set()),
]


@pytest.mark.parametrize(("text", "found"), JAPANESE)
def test_japanese(text, found):
    assert japanese(text) == found


ENGLISH = [
    ("My late fee!", {"late fee", "fee"}),
    ("CANCELLED FLIGHT again", {"CANCELLED FLIGHT", "FLIGHT"}),
    ("the app crashes after an update", {"app", "app crashes", "crashes", "update"}),
    ("a customer's parcel", {"customer's parcel", "parcel"}),
    ("wi-fi on the plane", {"wi-fi", "plane"}),
    # Numbers, time, persons, pronouns and what says nothing on its own are no themes.
    ("It was good, thanks a lot", set()),
    ("I don't like 3 of these things today", set()),
    ("@united https://example.com/app :-) 😀 jo@example.com", set()),
]


@pytest.mark.parametrize(("text", "found"), ENGLISH)
def test_english(text, found):
    assert english(text) == found


SAME = [
    (japanese_nouns, "二段階認証", "2段階認証"),
    (japanese_nouns, "アプリ", "ｱﾌﾟﾘ"),
    (japanese_nouns, "配送料の値上げ", "配送料値上げ"),
    (japanese_nouns, "お問い合わせ", "問合せ"),
    (english_nouns, "refund requests", "Refund request"),
    (english_nouns, "wi-fi", "WiFi"),
]


@pytest.mark.parametrize(("nouns", "one", "other"), SAME)
def test_a_phrase_is_the_same_however_it_is_written(nouns, one, other):
    assert nouns.key(one) == nouns.key(other)


@pytest.mark.parametrize("nouns", [japanese_nouns, english_nouns])
@given(text=st.text(max_size=200))
def test_any_text_has_nouns_where_they_stand(nouns, text):
    for noun in nouns.find(text):
        assert 0 <= noun.start < noun.end <= len(text)
        assert len(noun.key) <= 120
