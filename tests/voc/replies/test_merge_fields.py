"""Merge fields are filled in, or it is said why not; nothing ever fails."""

import pytest

from tests import make
from voc.replies import thread
from voc.replies.merge_fields import fields_for, fill, unknown_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def filled(text, *, name="Hanna", words="It came late", language="en"):
    case = make.case_of_words(words, by=make.customer(name=name, language=language))
    said = thread.words_to_answer(case)
    ken = make.staff()
    ken.first_name, ken.last_name = "Ken", "Mori"
    return fill(text, fields_for(case, by=ken, said=said, language=language))


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Dear {name},", "Dear Hanna,"),
        ("{ Name } ｛name｝", "Hanna Hanna"),
        ("{their_words} – {company}, {agent}", "It came late – Todoku, Ken Mori"),
        ("No field: {}, {1}, {a b}, {", "No field: {}, {1}, {a b}, {"),
    ],
)
def test_fields_are_filled_in(text, becomes):
    assert (filled(text).text, filled(text).remarks) == (becomes, [])


def test_a_field_for_which_there_is_nothing_gets_a_word_and_a_sentence():
    result = filled("Dear {name}, {name}", name="")

    assert result.text == "Dear dear customer, dear customer"
    assert result.remarks == ["Nothing is known for {name}; “dear customer” stands in its place."]


def test_nobody_is_called_sama_twice():
    assert filled("{name}様", name="鈴木", language="ja").text == "鈴木様"
    assert filled("{name} 様", name="", language="ja").text == "お客様"


def test_a_field_that_we_do_not_know_stays_and_is_said():
    result = filled("Dear {nmae}様")

    assert result.text == "Dear {nmae}様"
    assert result.remarks[0].startswith("{nmae} is no field we know. The fields are {name}, ")
    assert unknown_in("{nmae} {name} {NAME}") == ["{nmae}"]


def test_words_of_a_customer_bring_no_link_and_no_field_into_our_mail():
    result = filled("{their_words}", words="Look at https://evil.example/{agent} now")

    assert "evil.example" not in result.text
    assert "Ken" not in result.text
