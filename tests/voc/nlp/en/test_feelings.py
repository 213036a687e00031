"""What an English customer feels."""

import pytest


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("I love it, works perfectly.", "positive"),
        ("Terrible. I want my money back.", "negative"),
        ("We use it in the warehouse.", "neutral"),
        ("Not good at all.", "negative"),
        ("I have no complaints, thank you!", "positive"),
        # no word of feeling in it, and yet
        ("Still waiting for a reply to my ticket.", "negative"),
        ("The app won't open since Friday.", "negative"),
        # both
        ("I love the app but customer service never replied.", "mixed"),
        ("Nice app but too expensive.", "mixed"),
        ("The food was great, however the waiter was horrible.", "mixed"),
        ("Lovely crew. Awful seats.", "mixed"),
        ("Far from perfect.", "negative"),
        ("Anything but friendly.", "negative"),
        ("The coffee is great. The price went up again, though, and I am not happy.", "mixed"),
    ],
)
def test_the_whole_text(reader, text, sentiment):
    assert reader.read(text).sentiment == sentiment


@pytest.mark.parametrize(
    "text",
    [
        "It would be great if the calendar could sync.",
        "I wish it had a dark mode.",
        "Please add an export of the report.",
    ],
)
def test_a_wish_is_never_praise(reader, text):
    assert reader.read(text).sentiment in {"neutral", "negative"}


def test_the_words_that_made_us_think_so_are_shown(reader):
    text = "Lovely people, but the site is not helpful."

    felt = [(f.sentiment, text[f.start : f.end]) for f in reader.read(text).feelings]

    assert felt == [("positive", "Lovely"), ("negative", "not helpful")]


def test_a_not_reaches_no_further_than_its_sentence(reader):
    text = "Not today. Happy!"

    (felt,) = reader.read(text).feelings

    assert felt.sentiment == "positive"


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("The app 😡", "negative"),
        ("New menu 😍", "positive"),
        ("finally here :)", "positive"),
        ("I LOOOVE it", "positive"),
        ("You can't choose the date.", "negative"),
        ("Not that I dislike it, nothing wrong with it.", "positive"),
        ("It would be perfect if it were cheaper.", "negative"),
        ("The old one was better.", "negative"),
        ("So much better than the old one.", "positive"),
        ("A piece of cake!", "positive"),
        ("It costs an arm and a leg.", "negative"),
        ("I pay by direct debit.", "neutral"),
        ("The room is dusty. The view is gorgeous though.", "mixed"),
    ],
)
def test_what_no_single_word_says(reader, text, sentiment):
    assert reader.read(text).sentiment == sentiment


def test_a_reading_has_as_many_numbers_whatever_the_text(reader):
    numbers = {len(reader.read(text).numbers) for text in ("Great!", "a " * 9_000, "ok 😡", "x")}

    assert numbers == {23}


def test_the_name_of_whom_they_address_is_no_feeling(reader):
    assert reader.read("@united flight 12 to Rome").feelings == ()
