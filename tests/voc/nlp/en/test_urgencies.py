"""What cannot wait, and what only sounds like it."""

import pytest


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("I am cancelling my subscription.", "churn"),
        ("We're switching to another provider.", "churn"),
        ("This was my last order with you.", "churn"),
        ("I'm done with you.", "churn"),
        ("You will hear from my lawyer.", "legal"),
        ("See you in small claims court.", "legal"),
        ("I have told trading standards.", "legal"),
        ("My account was hacked.", "security"),
        ("Someone logged in to my account from abroad.", "security"),
        ("There is a fraudulent charge on my card.", "security"),
        # the most pressing of several
        ("I was hacked, I'm done with you and my lawyer will call.", "security"),
    ],
)
def test_what_cannot_wait(reader, text, urgency):
    assert reader.read(text).urgency == urgency


@pytest.mark.parametrize(
    "text",
    [
        "Easy to cancel if your plans change.",
        "They cancelled my flight.",
        "Switching to dark mode is easy.",
        "I would never go back to my old bank.",
        "Our lawyers love this tool.",
        "My daughter Sue was delighted.",
        "It feels secure, and security at the gate was polite.",
        "A few handy hacks in your newsletter.",
    ],
)
def test_what_only_sounds_like_it_can_wait(reader, text):
    assert reader.read(text).urgency is None


def test_the_words_that_press_are_shown(reader):
    text = "sorry but I am DONE with you"

    signs = [(s.kind, text[s.start : s.end]) for s in reader.read(text).signs]

    assert signs == [("churn", "I am DONE with you")]
