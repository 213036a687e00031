"""The project's own words of feeling."""

from collections import defaultdict

from voc.nlp.ja.words import DATA, _spellings, polarities

LINES = (DATA / "words.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [(word, float(weight)) for word, weight in (line.split("\t") for line in LINES)]


def test_each_is_listed_once_with_a_weight():
    assert len({word for word, _ in ROWS}) == len(ROWS)
    assert all(-1.5 <= weight <= 1.5 for _, weight in ROWS)


def test_no_two_that_read_the_same_weigh_differently():
    """使えん is read as 使う: whatever it weighed, every 使う would."""
    weights = defaultdict(set)
    for word, weight in ROWS:
        for forms in _spellings(word):
            weights[forms].add(weight)

    assert {forms: found for forms, found in weights.items() if len(found) > 1} == {}


def test_a_denied_word_is_known_in_each_of_its_endings():
    known = polarities()

    for text in ("手間がかからない", "手間がかかりません", "手間がかからず"):
        (forms,) = _spellings(text)
        assert known.get(forms, 0) > 0
