"""What is learned from examples, and how it changes a reading; no database."""

import io
import pickle
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from voc.nlp.classifier import FORMAT, cross_validation
from voc.nlp.classifier.carriers import carrier, carriers
from voc.nlp.classifier.char_ngrams import BUCKETS, NOWHERE, cut
from voc.nlp.classifier.dataset import Dataset
from voc.nlp.classifier.examples import Example
from voc.nlp.classifier.fit import fit_weights
from voc.nlp.classifier.predict import decision_scores, predict
from voc.nlp.classifier.weights import NotUnderstood, from_npz, to_npz
from voc.nlp.en import nouns as english
from voc.nlp.reading import Mention, Reading, Sign

THINGS = ["lamp", "chair", "table", "clock", "shelf", "kettle", "phone", "door", "desk", "radio"]


def read(sentiment="neutral", *topics, intent=None, signs=(), numbers=(0.0, 1.0)):
    mentions = tuple(Mention(topic, sentiment, 0, 3) for topic in topics)
    return Reading("en", sentiment, mentions, intent=intent, signs=signs, numbers=numbers)


def examples(number, words, sentiment=None, topics=None, reading=None, changed=False):
    return [
        Example(
            f"The {THINGS[n % 10]} {n} {words}",
            reading or read(),
            sentiment,
            None if topics is None else frozenset(topics),
            changed,
        )
        for n in range(number)
    ]


def taught(*some):
    together = [example for each in some for example in each]
    return fit_weights(Dataset(together), np.arange(len(together)))


def reading_of(weights, text, reading=None):
    return predict(weights, [text], [reading or read()])[0]


@pytest.fixture(scope="module")
def feelings():
    return taught(
        examples(30, "is zonk", "positive"),
        examples(30, "went blorp", "negative"),
        examples(30, "stands there", "neutral"),
    )


def test_words_that_the_rules_do_not_know_get_a_feeling(feelings):
    assert reading_of(feelings, "The sofa is zonk").sentiment == "positive"
    assert reading_of(feelings, "The sofa went blorp").sentiment == "negative"


def test_complaint_and_praise_go_with_the_feeling(feelings):
    assert reading_of(feelings, "The sofa is zonk").intent == "praise"
    praised = read("positive", intent="praise")
    assert reading_of(feelings, "The sofa went blorp", praised).intent == "complaint"
    assert reading_of(feelings, "The sofa stands there", praised).intent is None


def test_who_asks_or_presses_us_does_so_whatever_is_felt(feelings):
    asked = read(intent="request")
    pressed = read(intent="complaint", signs=(Sign("churn", 0, 3),))

    assert reading_of(feelings, "The sofa is zonk", asked).intent == "request"
    assert reading_of(feelings, "The sofa is zonk", pressed).intent == "complaint"


def test_what_cannot_be_read_stays_unread(feelings):
    assert reading_of(feelings, "zonk", Reading("en", None)).sentiment is None


def test_a_feeling_with_few_examples_is_left_to_the_rules(feelings):
    assert feelings.kept == ("mixed",)
    assert reading_of(feelings, "The sofa is zonk", read("mixed")).sentiment == "mixed"


def test_a_feeling_that_the_rules_were_wrong_about_ten_times_is_unlearned():
    weights = taught(
        examples(30, "is zonk", "positive", reading=read("mixed")),
        examples(30, "went blorp", "negative"),
    )

    assert "mixed" not in weights.kept
    assert reading_of(weights, "The sofa is zonk", read("mixed")).sentiment == "positive"


def test_one_feeling_alone_teaches_nothing():
    weights = taught(examples(30, "is zonk", "positive"), examples(9, "went blorp", "negative"))

    assert weights.feelings == ()
    assert reading_of(weights, "The sofa is zonk") == read()


def test_a_topic_that_ten_examples_show_is_learned():
    weights = taught(
        examples(10, "fizzbang is loose", topics=["gizmo"]), examples(30, "stands there", topics=[])
    )

    assert weights.topics == ("gizmo",)
    found = reading_of(weights, "The sofa fizzbang is loose", read("negative"))
    assert found.mentions == (Mention("gizmo", "negative", 9, 17),)


def test_a_topic_is_not_given_without_a_word_that_carries_it():
    """However much a text looks like those of a topic, and however short it is."""
    weights = taught(
        examples(40, "fizzbang is loose", topics=["gizmo"]), examples(40, "stands", topics=[])
    )
    always = replace(weights, biases=weights.biases + 100)

    for text in ("Hello", "No comment", "fizzbang!", "My lamp is a lamp", "Nice and easy"):
        assert reading_of(always, text).mentions == (), text
    assert reading_of(always, "My fizzbang broke").mentions == (Mention("gizmo", "neutral", 3, 11),)


def test_a_word_carries_a_topic_when_chance_does_not_explain_it():
    with_topic = ["sour coffee", "sour beans", "sour cup", "sour again", "sour"] + ["the lamp"] * 6
    without = ["a lamp here", "beans", "cup"] + ["the chair stands"] * 30
    words = [english.content_words(text) for text in with_topic + without]
    truth = [True] * len(with_topic) + [False] * len(without)

    known = carriers(words, truth)

    found = {
        w: carrier(english.content_words(f"I say {w} now"), known)
        for w in ("sour", "lamp", "beans")
    }
    assert {word for word, shown in found.items() if shown} == {"sour", "lamp"}


def test_each_topic_is_judged_by_itself():
    """One that the rules find as well as anybody is left to them, whatever the other gains."""
    found = read("neutral", "price")
    some = [
        *examples(40, "fizzbang is loose", topics=["gizmo"]),
        *examples(40, "costs much", topics=["price"], reading=found),
        *examples(40, "stands there", topics=[]),
    ]

    verdict = cross_validation.of_topics(some)

    assert (verdict.wins, verdict.topics) == (True, ("gizmo",))


def test_no_word_of_a_customer_stands_among_the_weights():
    weights = taught(
        examples(40, "fizzbang is loose", topics=["gizmo"]), examples(40, "stands", topics=[])
    )
    again = from_npz(to_npz(weights))

    assert [each.dtype for each in again.carriers] == [np.uint64]
    assert len(again.carriers[0])
    assert b"fizzbang" not in to_npz(weights)


def test_a_topic_that_phrases_find_is_never_removed_with_fewer_than_ten_examples():
    shown = read("neutral", "price")
    wrong = examples(60, "costs nothing", topics=[], reading=shown)
    right = examples(9, "is dear", topics=["price"], reading=shown)

    few, enough = taught(wrong, right), taught(wrong, examples(10, "is dear", topics=["price"]))

    assert (few.topics, enough.topics) == ((), ("price",))
    assert reading_of(few, "The sofa costs nothing", shown) == shown
    assert reading_of(enough, "The sofa costs nothing", shown).mentions == ()


def test_a_topic_that_was_not_learned_about_stays_beside_one_that_was():
    weights = taught(
        examples(20, "fizzbang", topics=["gizmo"]), examples(30, "stands there", topics=[])
    )

    found = reading_of(weights, "The sofa fizzbang", read("neutral", "staff"))

    assert [mention.topic for mention in found.mentions] == ["staff", "gizmo"]


def test_numbers_of_another_length_measure_nothing(feelings):
    odd = read(numbers=(1.0,) * 7)

    assert reading_of(feelings, "The sofa is zonk", odd).sentiment == "positive"


def test_nothing_is_read_of_nothing(feelings):
    assert predict(feelings, [], []) == []


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "zonk" * 9_000, "ｚｏｎｋ", "👍🏽"])
def test_any_text_can_be_read(feelings, text):
    assert reading_of(feelings, text).language == "en"


def test_a_batch_is_read_as_each_of_its_texts_is(feelings):
    texts = ["", "The sofa is zonk", "x", "The sofa went blorp"]

    together = decision_scores(feelings, texts, [read()] * 4, None)

    alone = [decision_scores(feelings, [text], [read()], None)[0] for text in texts]
    assert np.allclose(together, np.array(alone), atol=1e-5)


def test_weights_come_back_from_their_file_as_they_were(feelings):
    again = from_npz(to_npz(feelings))

    texts, readings = ["The sofa is zonk", "It went blorp"], [read(), read()]
    assert (again.feelings, again.kept, again.numbers) == (feelings.feelings, feelings.kept, 2)
    before, after = (
        decision_scores(feelings, texts, readings, None),
        decision_scores(again, texts, readings, None),
    )
    assert np.allclose(before, after, atol=0.01)


def test_the_file_holds_numbers_and_names_and_no_word_of_a_customer(feelings):
    content = to_npz(feelings)

    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = b"".join(file.read(name) for name in file.namelist())
    assert "zonk" not in parts.decode("utf-32-le", "ignore")
    assert b"zonk" not in parts
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        assert {file[name].dtype.kind for name in file} <= {"f", "i", "u", "U"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip", pickle.dumps({"a": 1})])
def test_what_is_no_weights_is_refused(content):
    with pytest.raises(NotUnderstood, match="no weights that can be read"):
        from_npz(content)


def test_a_pickle_inside_the_file_is_never_opened():
    file = io.BytesIO()
    np.savez(file, allow_pickle=True, format=np.array([print], dtype=object))

    with pytest.raises(NotUnderstood, match="allow_pickle=False"):
        from_npz(file.getvalue())


def test_weights_of_another_format_are_refused(feelings):
    file = io.BytesIO()
    np.savez(file, format=np.array(FORMAT + 1))

    with pytest.raises(NotUnderstood, match=f"format {FORMAT + 1}"):
        from_npz(file.getvalue())


def test_snippets_do_not_reach_from_one_text_into_the_next():
    together, alone = cut(["ab", "cd"]), cut(["ab"])

    first = together.buckets[: together.starts[1]]
    assert (first == alone.buckets).all()
    assert list(together.counts) == [alone.counts[0]] * 2
    assert ((alone.buckets == NOWHERE) | (alone.buckets < BUCKETS)).all()


def test_a_snippet_of_one_text_only_is_not_learned():
    secret = [Example("The sofa is qqxjw", read(), "positive")]
    others = examples(20, "is zonk", "positive"), examples(20, "went blorp", "negative")

    weights = taught(secret, *others)

    only = set(cut(["qqxjw"]).buckets.ravel()) - set(
        cut([example.text for each in others for example in each]).buckets.ravel()
    )
    assert only
    assert not weights.grams[sorted(only)].any()


def test_learning_wins_where_it_gains_every_time():
    right = examples(50, "is zonk", "positive"), examples(50, "went blorp", "negative")

    verdict = cross_validation.of_feelings([e for each in right for e in each])

    assert (verdict.rules, verdict.wins) == (0.0, True)
    assert verdict.learned > 0.9


def test_learning_that_gains_nothing_loses():
    verdict = cross_validation.of_feelings(
        [
            *examples(60, "is good", "positive", reading=read("positive")),
            *examples(60, "is bad", "negative", reading=read("negative")),
        ]
    )

    assert (verdict.rules, verdict.wins) == (1.0, False)


def test_ninety_nine_examples_are_not_judged():
    some = examples(99, "is zonk", "positive", ["a"])

    assert cross_validation.of_feelings(some) is None
    assert cross_validation.of_topics(some) is None
    assert cross_validation.of_topics([*some, *examples(1, "went", "negative", [])]) is not None


def test_a_gain_that_could_be_chance_is_no_win():
    folds = [cross_validation.Fold(0.5, 0.5 + gain) for gain in [0.3, -0.25] * 7 + [0.1]]

    verdict = cross_validation.Verdict.of(folds)

    assert verdict.learned > verdict.rules
    assert not verdict.wins


def test_topics_are_judged_by_every_one_of_every_text():
    said = [Example("", read(), topics=frozenset("ab")), Example("", read(), topics=frozenset())]

    assert cross_validation.micro_f1(said, [read("neutral", "a"), read()]) == pytest.approx(2 / 3)
    assert cross_validation.micro_f1(said, [read(), read("neutral", "c")]) == 0.0
    assert cross_validation.micro_f1([], []) == 1.0
