"""Any text at all is read, and no text stops a worker."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.voc.nlp import topics
from voc.nlp import VERSION
from voc.nlp.reader import Reader

READER = Reader(topics.default())  # hypothesis wants no fixtures
SENTIMENTS = {"positive", "neutral", "negative", "mixed"}

PIECES = ["使いづらい", "料金", "が、", "のに", "not ", "price ", "ｱﾌﾟﾘ", "but ", "ない", "😀", "。"]

ALL_THAT_MAY_BE_TYPED = st.one_of(
    st.text(st.characters(), max_size=200),  # surrogates, NUL and all
    st.text("あがｶﾞパ価格高料金 a,.!?。、\u200b\u202e\u3099\ud83d\x00😀İﷺ㌔n't@", max_size=80),
    st.lists(
        st.sampled_from(
            ["使いづらい", "料金", "が、", "のに", "not", "price", "ｱﾌﾟﾘ", "but", "ない", "😀", "。"]
        )
    ).map("".join),
)


@given(ALL_THAT_MAY_BE_TYPED)
@example("")
@example("\ud800価格\x00が高い\udfff")
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_reading_whose_spans_lie_inside_it(text):
    reading = READER.read(text)

    assert reading.sentiment is not None or reading.language == "unknown"
    assert reading.sentiment in SENTIMENTS | {None}
    for found in (*reading.mentions, *reading.feelings):
        assert 0 <= found.start < found.end <= len(text)
        assert found.sentiment in SENTIMENTS


@pytest.mark.parametrize("text", ["", "Всё отлично", "Всё отлично 😀", "10"])
def test_what_we_cannot_read_has_no_sentiment_rather_than_a_neutral_one(reader, text):
    reading = reader.read(text)

    assert (reading.language, reading.sentiment, reading.mentions) == ("unknown", None, ())


@pytest.mark.parametrize(
    "piece",
    ["価格が高い。", "😀あ", "The price is bad. ", "not ", "ｶﾞ", "ﷺ", "\ud800a", "x", "\n", "!"],
)
def test_a_megabyte_is_read_like_any_other_text(reader, piece):
    text = (piece * 1_000_000)[:1_000_000]

    reading = reader.read(text)

    assert reading.sentiment in SENTIMENTS | {None}


def test_the_beginning_of_a_megabyte_is_what_is_read(reader):
    reading = reader.read("料金が高すぎます。" + "あ" * 1_000_000)

    assert reading.sentiment == "negative"
    assert [m.topic for m in reading.mentions] == ["price"]


def test_invisible_marks_do_not_hide_a_word(reader):
    text = "\u202e料\u200b金\u202cが高すぎる"

    (mention,) = reader.read(text).mentions

    assert (mention.topic, text[mention.start : mention.end]) == ("price", "料\u200b金")


def test_a_reading_says_which_rules_made_it(reader):
    assert reader.read("良い").version == VERSION


def test_a_reader_without_topics_still_feels():
    assert Reader([]).read("最高です").sentiment == "positive"


@pytest.mark.parametrize(
    ("text", "sentiment", "intent"),
    [
        ("👍", "positive", "praise"),
        ("👍👍👍!!", "positive", "praise"),
        (":(", "negative", "complaint"),
        ("👍 👎", "mixed", "complaint"),
        ("Очень плохо 👍", None, None),
        ("!!!", None, None),
        ("10/15", None, None),
    ],
)
def test_a_face_needs_no_language(text, sentiment, intent):
    reading = Reader([]).read(text)

    assert (reading.language, reading.sentiment, reading.intent) == ("unknown", sentiment, intent)


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("(T_T)", "negative"),
        ("（Ｔ＿Ｔ）", "negative"),
        ("(TT)", "negative"),
        ("(ToT)/~~~", "negative"),
        ("(;_;)", "negative"),
        ("（´；ω；`）", "negative"),
        ("( ; ; )", "negative"),
        ("( ；∀；)", "negative"),
        ("(つд⊂)", "negative"),
        ("。・゜・(ノД`)・゜・。", "negative"),
        ("(>_<)", "negative"),
        ("(# ﾟДﾟ)", "negative"),
        ("(=_=)", "negative"),
        ("T_T", "negative"),
        ("orz", "negative"),
        ("(´・ω・`)", "negative"),
        ("(^_^)", "positive"),
        ("(*^^*)", "positive"),
        ("(*ﾟ▽ﾟ)ﾉ", "positive"),
        ("(^o^) (T_T)", "mixed"),
        ("(^^;)", "neutral"),
        ("(^^;", "neutral"),
        ("m(_ _)m", "neutral"),
    ],
)
def test_a_face_drawn_upright_is_read_as_japanese(text, sentiment):
    reading = Reader([]).read(text)

    assert (reading.language, reading.sentiment) == ("ja", sentiment)


def test_texts_that_are_begun_together_are_read_as_each_alone():
    texts = ["返信が遅い。でも安い。", "The app is slow", "😀", "Très bien", ""]

    begun = [READER.begin(text) for text in texts]

    assert [finish() for finish in begun] == [READER.read(text) for text in texts]


@pytest.mark.parametrize(
    ("stars", "sentiment"),
    [("★☆☆☆☆", "negative"), ("★★☆☆☆", "negative"), ("★★★☆☆", "neutral"), ("★★★★☆", "positive"),
     ("★★★★★", "positive"), ("☆☆☆☆☆", None), ("★★★☆★", None)],
)  # fmt: skip
def test_stars_of_five_that_stand_alone_say_how_somebody_feels(stars, sentiment):
    assert READER.read(stars).sentiment == sentiment
