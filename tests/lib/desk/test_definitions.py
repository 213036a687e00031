"""Whatever came as JSON is read as names with values."""

import pytest

from lib.desk.definitions import definition_list, in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Gold", "Gold"),
        ("", "–"),
        (None, "–"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (-1.5, "-1.5"),
        (float("nan"), "NaN"),
        pytest.param(10**5000, "…", id="of more digits than can be written"),
        ("a\u202eb", "ab"),
    ],
)
def test_a_value_in_words(value, words, in_english):
    assert in_words(value) == words


def test_lists_within_lists_become_lists_within_lists():
    html = definition_list({"lines": ["<b>", {"a": 1}], "none": [], "empty": {}})

    assert html == (
        '<dl class="desk-values"><div><dt>lines</dt><dd>'
        '<dl class="desk-values"><div><dt>1</dt><dd>&lt;b&gt;</dd></div><div><dt>2</dt><dd>'
        '<dl class="desk-values"><div><dt>a</dt><dd>1</dd></div></dl></dd></div></dl></dd></div>'
        "<div><dt>none</dt><dd>–</dd></div><div><dt>empty</dt><dd>–</dd></div></dl>"
    )


def test_what_is_deeper_than_anyone_reads_ends_in_dots():
    deep = []
    for _level in range(5000):
        deep = [deep]

    assert "…" in definition_list({"deep": deep})
