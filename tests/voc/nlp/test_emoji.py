"""Faces say something too."""

import pytest

from voc.nlp.emoji import FILE, emoticons


@pytest.mark.parametrize(
    ("typed", "weight", "shown"),
    [
        ("毎朝😊", 1.0, "😊"),
        ("👍🏻", 1.0, "👍"),
        ("thanks ❤️", 1.0, "❤"),
        ("😡", -1.0, "😡"),
        ("うれしい(≧▽≦)", 1.0, "(≧▽≦)"),
        ("(´・ω・`)来ない", -0.6, "(´・ω・`)"),
        ("（´；ω；｀）", -1.0, "（´；ω；｀）"),
        ("届かない(T_T)", -1.0, "(T_T)"),
        ("遅い（ＴＴ）", -1.0, "（ＴＴ）"),
        ("late (T_T)", -1.0, "(T_T)"),
        ("届かない( ´Д｀)", -1.0, "( ´Д｀)"),
        ("ヽ(=´▽`=)ﾉ", 1.0, "(=´▽`=)"),
        ("値上げorz", -0.6, "orz"),
        ("late again :-(", -1.0, ":-("),
        ("no reply :/", -0.6, ":/"),
    ],
)
def test_a_face_is_read_as_it_was_typed(typed, weight, shown):
    (found,) = emoticons(typed)

    assert (found.weight, typed[found.start : found.end]) == (weight, shown)


@pytest.mark.parametrize(
    "typed",
    [
        "お願いしますm(_ _)m",
        "すみません(^^;)",
        "https://example.com",
        "(笑)",
        "XDR 3:30",
        "(1)",
        "(TTL is 5)",
        "(Test)",
        "(株)",
        "PART_TWO",
        "ATT_TX",
        "",
    ],
)
def test_what_only_looks_like_one_says_nothing(typed):
    assert emoticons(typed) == []


def test_each_is_listed_once_with_a_weight():
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]

    assert len({sign for sign, _ in lines}) == len(lines)
    assert all(-1 <= float(weight) <= 1 for _, weight in lines)
