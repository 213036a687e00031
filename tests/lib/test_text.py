"""A phrase in the words around it: on one line, and no more than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.text import around, cut, kindly, one_line, shortened


@pytest.mark.parametrize(
    ("text", "start", "end", "quoted"),
    [
        ("a late fee again", 2, 10, ("a ", "late fee", " again")),
        ("late fee", 0, 8, ("", "late fee", "")),
        ("x\n\na late\nfee\n\n", 5, 13, ("x a ", "late fee", "")),
        ("\u202elate\u200e fee", 1, 10, ("", "late fee", "")),
        ("x" * 20 + "fee" + "y" * 20, 20, 23, ("…" + "x" * 9, "fee", "y" * 9 + "…")),
        ("changed since", 50, 60, ("changed since", "", "")),
    ],
)
def test_before_itself_and_after(text, start, end, quoted):
    assert around(text, start, end, beside=9) == quoted


@given(text=st.text(max_size=80), start=st.integers(0, 100), length=st.integers(1, 20))
def test_it_is_one_line_wherever_the_phrase_is_said_to_stand(text, start, length):
    quoted = "".join(around(text, start, start + length, beside=9))

    assert len(quoted) <= max(len(text), 2 * 9 + length + 2)
    assert not set(quoted) & set("\n\r\t\x0b\x0c\x1c\x85\u2028\u2029")


FAMILY = "👨\u200d👩\u200d👧"
SIGNS = [
    FAMILY,
    "👍🏽",
    "🇯🇵",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "e\u0301",
    "か\u3099",
    "葛\U000e0100",
    "\u1100\u1161\u11a8",
    "ﾊﾟ",
    "\r\n",
    "क्षि",
]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("longest", range(1, 40))
def test_no_cut_goes_through_what_is_one_sign_to_a_reader(sign, longest):
    text = "あ" + sign * 20

    for piece in (cut(text, longest), shortened(text, longest).removesuffix("…")):
        assert len(piece) <= longest
        assert piece in {"", *("あ" + sign * n for n in range(21))} or sign in ("\r\n", "ﾊﾟ")


@pytest.mark.parametrize("sign", SIGNS[:9])
def test_lines_quotes_and_excerpts_end_between_signs(sign):
    for before in range(12):
        text = "あ" * (190 + before) + sign * 60
        for piece in (one_line(text), kindly(text), kindly(text, longest=210)):
            assert piece.removesuffix("…").lstrip("あ").replace(sign, "") == ""
        left, _phrase, right = around(
            sign * 30 + "fee" + sign * 30, *_place(sign), beside=20 + before
        )
        assert left.strip("…").replace(sign, "") == right.strip("…").replace(sign, "") == ""


def _place(sign):
    return len(sign) * 30, len(sign) * 30 + 3


def test_a_heap_of_marks_is_cut_all_the_same():
    assert len(cut("e" + "\u0301" * 10_000, 50)) == 50


@pytest.mark.parametrize("space", ["\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_every_break_of_a_line_is_a_space(space):
    assert one_line(f"Two{space}lines") == kindly(f"Two{space}lines") == "Two lines"


def test_a_name_cut_short_ends_with_an_ellipsis():
    assert [shortened(text, 5) for text in ("short", "longer", "a     b")] == [
        "short",
        "long…",
        "a…",
    ]
