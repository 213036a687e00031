"""What the rules measured, for who learns from it."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.voc.nlp import topics
from voc.nlp.ja.reader import JapaneseReader

READER = JapaneseReader(topics.default())
PIECES = ["料金", "高い", "が、", "のに", "解約します", "😡", "(´・ω・`)", "ｱﾌﾟﾘ", "？", "。"]


@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES)).map("".join)))
@example("")
@example("\ufe0f😡")
@settings(max_examples=300, deadline=None)
def test_they_are_always_eighteen_and_every_sign_stands_inside_the_text(text):
    reading = READER.begin(text)()

    assert len(reading.numbers) == 18
    for sign in (*reading.signs, *reading.feelings):
        assert 0 <= sign.start < sign.end <= len(text)


def test_each_says_one_thing():
    text = "料理は最高でしたが、接客が最低！もう少し安ければ最高なのに😢"

    measured = READER.begin(text)().numbers

    good, bad, total, best, worst, clauses, felt, conceded = measured[:8]
    assert (good, best) == (1.5, 1.5)
    assert (bad, worst) == (3, 1.5)
    assert (clauses, felt, conceded) == (3, 3, 1)
    assert total < 0
    wishes, would_be_good, denied, questions, first, last, shouts, faces = measured[8:16]
    assert (wishes, would_be_good, denied, questions) == (0, 1, 0, 0)
    assert (first, last, shouts, faces) == (1.5, -1.5, 1, -0.8)
    assert measured[16:] == (0, len(text) / 100)
