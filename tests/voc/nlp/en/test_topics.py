"""The default topics, as English customers say them."""

import pytest

from voc.nlp import Seeds
from voc.nlp.reader import Reader


def found(text, *seeds):
    return [(m.topic, text[m.start : m.end]) for m in Reader(seeds).read(text).mentions]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("The reply was very slow.", {"support"}),
        ("Delivery was fast.", {"delivery"}),
        ("The app is slow.", {"speed"}),
        ("Very user friendly.", {"usability"}),
        ("You just lost a customer.", set()),
        ("They cancelled my flight.", set()),
        ("My late father used it.", set()),
        ("It syncs with my calendar.", {"features"}),
    ],
)
def test_the_longer_phrase_says_what_is_meant(reader, text, topics):
    assert {mention.topic for mention in reader.read(text).mentions} == topics


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("slow reply", [("support", "slow reply")]),
        ("The reply was so slow!", [("support", "reply was so slow")]),
        ("No reply. Slow app.", []),
        ("Slow, and no reply", []),
    ],
)
def test_two_words_of_a_phrase_may_be_turned_round_within_a_clause(text, evidence):
    assert found(text, Seeds("support", phrases_en=("slow reply",))) == evidence
