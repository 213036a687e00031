"""What a Japanese customer wants of us."""

import pytest


@pytest.mark.parametrize(
    ("text", "intent", "shown"),
    [
        # asks us to do something, however much they praise or blame
        ("検索機能が欲しいです", "request", "が欲しい"),
        ("便利なので、履歴も残せるようにしてください", "request", "ください"),
        ("画面が重くて最悪。早く直してほしい", "request", "ほしい"),
        ("ダークモードがあると嬉しいです", "request", "ると嬉し"),
        # wants to be told
        ("送料はいくらですか", "question", "ですか"),
        ("設定の変え方を教えてください", "question", "教えてくだ"),
        # asks, but no answer is wanted
        ("なぜこんなに遅いのですか", "complaint", "なぜこんな"),
        ("何回説明させれば気が済むの？", "complaint", "何回説明させれば気が済むの"),
        # tells
        ("荷物が届きません", "complaint", "届きません"),
        ("料理は最高でしたが、部屋は最悪でした", "complaint", "最悪"),
        ("店員さんが親切でした", "praise", "親切"),
        ("また行きます", "praise", "また行きます"),
        ("もっと早く使えばよかった", "praise", "もっと早く使えばよかった"),
    ],
)
def test_it_is_shown_by_their_words(reader, text, intent, shown):
    reading = reader.read(text)

    found = [text[s.start : s.end] for s in reading.signs if s.kind == intent]

    assert (reading.intent, found) == (intent, [shown])


@pytest.mark.parametrize(
    "text",
    ["昨日注文しました。", "普通です", "どちらとも言えません"],
)
def test_who_only_tells_what_was_wants_nothing(reader, text):
    assert reader.read(text).intent is None


@pytest.mark.parametrize(
    "text",
    [
        "皆さんもぜひ使ってみてください！",
        "これからも頑張ってください",
        "何でも聞いてくださいと言われた",
    ],
)
def test_advice_cheer_and_what_others_said_ask_nothing_of_us(reader, text):
    assert reader.read(text).intent != "request"
