"""A 9 with an angry text, a 2 with a happy one: the scale was misread, or the words were."""

import pytest

from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db

CASES = [
    (score, sentiment, disagree)
    for sentiment, disagreeing in {
        "positive": {0, 1, 2, 3, 4},
        "negative": {9, 10},
        "mixed": set(),
        "neutral": set(),
        None: set(),
    }.items()
    for score in range(11)
    for disagree in [score in disagreeing]
]


@pytest.mark.parametrize(("score", "sentiment", "disagree"), CASES)
def test_only_what_cannot_both_be_meant_is_flagged(score, sentiment, disagree):
    said = make.response(score, "Words").feedback
    Feedback.objects.filter(pk=said.pk).update(sentiment=sentiment)

    assert Feedback.objects.get(pk=said.pk).contradicts is disagree
    assert Feedback.objects.contradicting().exists() is disagree


def test_without_a_score_nothing_disagrees():
    said = make.feedback("Words")
    Feedback.objects.update(sentiment="negative")

    assert Feedback.objects.get(pk=said.pk).contradicts is False
    assert not Feedback.objects.contradicting().exists()
