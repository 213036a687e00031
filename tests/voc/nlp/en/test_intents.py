"""What an English customer wants with these words."""

import pytest


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        # asks us for something, even between praise and blame
        ("Please add an export of the report.", "request"),
        ("I wish it had a dark mode.", "request"),
        ("The app is lovely, could you add a calendar?", "request"),
        ("It would be great if the calendar could sync.", "request"),
        ("Bring back the old search.", "request"),
        # wants to be told
        ("Is there a way to export my contacts?", "question"),
        ("how do i change my password", "question"),
        ("Could you tell me when the shop opens?", "question"),
        ("I was wondering whether you ship to Malta.", "question"),
        # asks, but not to be told
        ("How hard can it be to answer the phone?", "complaint"),
        ("Who thought this was a good idea?", "complaint"),
        ("Why is this app so slow?", "complaint"),
        ("The app crashes every day.", "complaint"),
        ("Nice app but too expensive.", "complaint"),
        ("I love it, works perfectly.", "praise"),
        ("We use it in the warehouse.", None),
    ],
)
def test_what_they_want(reader, text, intent):
    assert reader.read(text).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "They let us stay an hour longer, lovely.",
        "The crew made it a wonderful flight.",
        "It does the job very well.",
        "I would like to thank the driver, he was great.",
    ],
)
def test_words_of_asking_inside_praise_ask_nothing(reader, text):
    assert reader.read(text).intent == "praise"


def test_the_words_that_ask_are_shown(reader):
    text = "Great tool. Sooo please add dark mode."

    signs = [(s.kind, text[s.start : s.end]) for s in reader.read(text).signs]

    assert signs == [("request", "please add")]
