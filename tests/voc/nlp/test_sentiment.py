"""Several sentiments become one."""

import pytest

from voc.nlp.sentiment import pool, pool_known


@pytest.mark.parametrize(
    ("one", "other", "pooled"),
    [
        ("negative", "negative", "negative"),
        ("negative", "positive", "mixed"),
        ("mixed", "positive", "mixed"),
        ("neutral", "positive", "positive"),
        ("neutral", "neutral", "neutral"),
        (None, "neutral", "neutral"),
        (None, "negative", "negative"),
        (None, None, None),
    ],
)
def test_neutral_gives_way_and_those_that_disagree_are_mixed(one, other, pooled):
    assert pool_known((one, other)) == pool_known((other, one)) == pooled


def test_where_nothing_is_felt_it_is_neutral():
    assert pool([]) == "neutral"
