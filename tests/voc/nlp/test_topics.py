"""What it is about, and how they feel about that."""

import json

import pytest

from tests.voc.nlp import topics
from voc.nlp import Mention, Seeds
from voc.nlp.reader import Reader


def found(text, *seeds):
    mentions = Reader(seeds).read(text).mentions
    return [(m.topic, m.sentiment, text[m.start : m.end]) for m in mentions]


def ja(key, *phrases):
    return Seeds(key, phrases_ja=phrases, phrases_en=())


def en(key, *phrases):
    return Seeds(key, phrases_ja=(), phrases_en=phrases)


@pytest.mark.parametrize(
    ("text", "phrase", "evidence"),
    [
        ("使い易くて良い", "使いやすい", "使い易く"),
        ("ｱﾌﾟﾘが落ちる", "アプリ", "ｱﾌﾟﾘ"),
        ("アプリが落ちる", "ｱﾌﾟﾘ", "アプリ"),
        ("ＵＩが古い", "UI", "ＵＩ"),
        ("😀😀料金が高い", "料金", "料金"),
    ],
)
def test_a_japanese_phrase_is_found_however_it_is_written(text, phrase, evidence):
    assert [e for _, _, e in found(text, ja("topic", phrase))] == [evidence]


@pytest.mark.parametrize(
    ("text", "phrase", "evidence"),
    [
        ("Two refunds were late", "refund", "refunds"),
        ("They CHARGED me", "charge", "CHARGED"),
        ("Easy to use?", "easy to use", "Easy to use"),
        ("We write C++ here", "c++", "C++"),
        ("\u200eThe pri\u200bce is high", "price", "pri\u200bce"),
    ],
)
def test_an_english_phrase_is_found_by_its_stems(text, phrase, evidence):
    assert [e for _, _, e in found(text, en("topic", phrase))] == [evidence]


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("I am happy", en("app", "app")),
        ("quickな対応", ja("ui", "UI")),
        ("nothing of the kind", en("blank", "", "  ")),
        ("何もありません", ja("blank", "", "　")),
    ],
)
def test_a_phrase_inside_another_word_is_not_found(text, seeds):
    assert found(text, seeds) == []


def test_each_topic_takes_the_feeling_of_its_own_clause():
    text = "サポートは丁寧だが、料金が高すぎる"

    assert found(text, ja("support", "サポート"), ja("price", "料金")) == [
        ("support", "positive", "サポート"),
        ("price", "negative", "料金"),
    ]


def test_each_english_topic_takes_the_feeling_of_its_own_clause():
    text = "I love the app but customer service never replied."

    assert found(text, en("app", "app"), en("support", "customer service")) == [
        ("app", "positive", "app"),
        ("support", "negative", "customer service"),
    ]


def test_what_is_said_of_a_topic_may_come_after_a_comma():
    assert found("The room, which we booked for two, was terrible.", en("room", "room")) == [
        ("room", "negative", "room")
    ]


def test_what_the_next_sentence_says_is_not_about_it():
    assert found("部屋は３階です。朝食は最高でした。", ja("room", "部屋")) == [
        ("room", "neutral", "部屋")
    ]


def test_a_topic_is_mentioned_once_where_it_is_felt():
    text = "Delivery on Monday. The delivery was awful."

    (mention,) = Reader([en("delivery", "delivery")]).read(text).mentions

    assert mention == Mention("delivery", "negative", 24, 32)


def test_a_topic_both_praised_and_blamed_is_mixed():
    text = "The food was great on Monday. The food was horrible on Tuesday."

    assert found(text, en("food", "food")) == [("food", "mixed", "food")]


def test_two_topics_may_share_a_phrase():
    text = "返信が遅い"

    keys = [topic for topic, *_ in found(text, ja("support", "返信"), ja("speed", "返信"))]

    assert sorted(keys) == ["speed", "support"]


def test_the_default_topics_are_ten_with_phrases_enough_in_both_languages():
    listed = json.loads(topics.FILE.read_text(encoding="utf-8"))

    assert len({topic["key"] for topic in listed}) == 10
    for topic in listed:
        assert topic["name_ja"]
        assert topic["name_en"]
        assert len(set(topic["phrases_ja"])) >= 10
        assert len(set(topic["phrases_en"])) >= 10


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("値上げは納得できません", "price"),
        ("問い合わせの返事が来ない", "support"),
        ("動作が重い", "speed"),
        ("Checkout charged me twice", "billing"),
        ("My parcel never arrived", "delivery"),
        ("The waitress was so rude", "staff"),
    ],
)
def test_the_default_topics_find_what_customers_say(reader, text, key):
    assert key in {mention.topic for mention in reader.read(text).mentions}
