"""English as it is typed, read as it was meant."""

import pytest

from voc.nlp.en.feelings import vocabulary
from voc.nlp.en.words import meant
from voc.nlp.normalize import fold


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I LOOOVE it", "I LOVE it"),
        ("sooo slooow", "so slow"),
        ("cooool", "cool"),
        ("it craaashes", "it crashes"),
        ("cant log in", "can't log in"),
        ("very dissapointed", "very disappointed"),
        ("it did n't open", "it didn't open"),
        ("all good", "all good"),
        ("Aaaahhh", "Ah"),
    ],
)
def test_words_are_read_as_they_were_meant(typed, read):
    folded, _words = meant(fold(typed), vocabulary())

    assert folded.text == read


def test_and_still_pointed_at_as_they_were_typed(reader):
    text = "the app is sooo SLOOOOW, recieved no reply"

    felt = [text[f.start : f.end] for f in reader.read(text).feelings]

    assert felt == ["SLOOOOW", "no reply"]


def test_whom_they_address_is_no_word():
    _folded, words = meant(fold("@united help"), vocabulary())

    assert words.words == ["help"]
