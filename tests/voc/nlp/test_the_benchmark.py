"""The figures that `make bench` prints."""

import pytest

from benchmarks import scores, seeds, tables
from benchmarks.sets import OWN_SETS, Row, load


def rows(*labels):
    return [Row("text", label, frozenset()) for label in labels]


def test_f3_is_the_mean_over_three_labels():
    # neg: 1 hit of 2 + 1; neu: none of 0 + 1; pos: 1 hit of 1 + 1
    assert scores.f3(rows("neg", "neg", "pos"), ["neg", "neu", "pos"]) == pytest.approx(
        (2 / 3 + 0 + 1) / 3
    )


def test_rows_labelled_mixed_are_left_out_and_a_mixed_guess_is_a_miss():
    assert scores.f3(rows("neg", "neu", "pos", "mixed"), ["neg", "neu", "pos", "pos"]) == 1
    assert scores.f3(rows("neg", "neu", "pos"), ["neg", "neu", "mixed"]) == pytest.approx(2 / 3)


def test_the_f1_of_topics_counts_mentions_alike_or_topics_alike():
    truths, guesses = [{"a"}, {"a"}, {"b"}], [{"a"}, {"a", "b"}, set()]

    score = scores.f1_of_topics(truths, guesses, ["a", "b"])

    # a: 2 hits of 2 + 2; b: none of 1 + 1; together 2 hits of 3 + 3
    assert (score.micro, score.macro) == (pytest.approx(4 / 6), pytest.approx(1 / 2))


def test_what_is_guessed_of_a_topic_that_is_never_there_costs_no_topic_that_is_asked_about():
    assert scores.f1_of_topics([{"a"}], [{"a", "c"}], ["a"]) == scores.F1(1, 1)


def test_our_phrases_for_airlines_are_eight_to_twenty_a_topic():
    phrases = [topic.phrases_en for topic in seeds.load(seeds.AIRLINE)]

    assert len(phrases) == 9
    assert [each for each in phrases if not 8 <= len(each) <= 20] == []


def test_a_set_without_labels_has_no_f3():
    assert scores.f3(rows("", ""), ["neg", "pos"]) is None


def test_a_set_escapes_with_a_backslash_and_quotes_nothing(tmp_path):
    (tmp_path / "en_x.tsv").write_text('text\tlabel\ttopic\nsay \\"hi"\tpos\ta|b\n', "utf-8")

    assert load(tmp_path / "en_x.tsv") == [Row('say "hi"', "pos", frozenset({"a", "b"}))]


def test_the_table_is_aligned():
    assert tables.table([("set", "n"), ("en", "1,000")]) == "set      n\nen   1,000"


@pytest.mark.parametrize(("name", "at_least"), [("en_own", 0.7), ("ja_own", 0.85)])
def test_the_projects_own_sentences_are_read_well(reader, name, at_least):
    ours = load(OWN_SETS / f"{name}.tsv")

    score = scores.f3(ours, [scores.LABEL_OF[reader.read(row.text).sentiment] for row in ours])

    assert len(ours) >= 60
    assert score >= at_least
