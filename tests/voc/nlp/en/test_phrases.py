"""The little language that phrases are written in."""

import pytest

from voc.nlp.en.phrases import DATA, PhraseBook
from voc.nlp.en.words import Words

BOOKS = ("phrases.tsv", "intents.tsv", "urgencies.tsv")


def found(text, *lines):
    return [text[said.start : said.end] for said in PhraseBook(lines).every(Words.of(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "said"),
    [
        ("sea/ocean view", "a sea view, an ocean view", ["sea view", "ocean view"]),
        ("disappoint*", "disappointed, disappointing", ["disappointed", "disappointing"]),
        (
            "works (really) well",
            "works well, works really well",
            ["works well", "works really well"],
        ),
        ("done (with) (you)", "done, done with you", ["done", "done with you"]),
        ("not _2 work", "not work, not quite ever work", ["not work", "not quite ever work"]),
        ("not _2 work", "not at all any more work", []),
        ("not _2 work", "not now. work", []),
        ("no_longer/never works", "it no longer works", ["no longer works"]),
        ("$no reply", "never reply", ["never reply"]),
        ("can go", "can't go, cannot go", []),
        ("app", "happy apple app's app", ["app"]),
    ],
)
def test_a_phrase_finds(phrase, text, said):
    assert found(text, ("$no", "never/no"), ("kind", phrase)) == said


def test_the_first_in_the_file_wins():
    book = PhraseBook([("fine", "best regards"), ("good", "best")])

    assert [said.kind for said in book.every(Words.of("best regards, best"))] == ["fine", "good"]


def test_a_longer_word_that_begins_alike_is_tried_too():
    assert found("frustratingly slow", ("bad", "frustrat*")) == ["frustratingly"]


@pytest.mark.parametrize("name", BOOKS)
def test_every_line_is_a_kind_and_a_phrase_once(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line.split("\t")) != 2] == []
    assert sorted(set(lines)) == sorted(lines)
