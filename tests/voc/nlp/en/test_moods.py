"""Words that are not meant as they stand."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Great, another crash.",
        "Oh wonderful, now it freezes as well.",
        "Thanks for losing my bag.",
        "Love how it logs me out every single morning.",
        "Well done for breaking the search.",
        "What a joy to be on hold for an hour.",
    ],
)
def test_praise_that_opens_nothing_but_trouble_is_irony(reader, text):
    assert reader.read(text).sentiment == "negative"


@pytest.mark.parametrize(
    "text",
    [
        "Great, it works.",
        "Thanks for fixing the crash so quickly!",
        "Well done for the new search, I love it.",
        "Wonderful, no more crashes.",
    ],
)
def test_honest_praise_stays_praise(reader, text):
    assert reader.read(text).sentiment == "positive"


@pytest.mark.parametrize(
    "text",
    [
        "Could you tell me how long a refund takes?",
        "What happens if my parcel is late?",
    ],
)
def test_what_is_only_asked_or_supposed_is_hardly_felt(reader, text):
    assert reader.read(text).sentiment == "neutral"


@pytest.mark.parametrize(
    "text", ["Neither good nor bad.", "Not great, not terrible.", "Hit or miss.", "so so"]
)
def test_what_says_that_it_is_neither_is_neutral(reader, text):
    assert reader.read(text).sentiment == "neutral"
