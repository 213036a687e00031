"""Feedback that follows a response: written in the statement that writes the response.

What others send in comes by `capture.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from lib.database.together import Step, insert, update
from surveys.models import Response
from voc.models import Feedback, Tag
from voc.signals import feedback_captured

KNOWN = "SELECT 1 FROM voc_feedback WHERE response_id = answer.id"
OTHER_WORDS = "response_id IN (SELECT id FROM answer) AND text <> %s"
OF_REWORDED = "feedback_id IN (SELECT id FROM reworded)"
TO_BE_ANALYZED = {"analyzed_at": None, "attempts": 0, "claimed_until": None}
# What was marked in other words is no evidence of anything, nor is this found by their forms.
UNMARKED: dict[str, Any] = {"feelings": [], "signs": [], "search_words": None}


def steps(words: Mapping[str, Any], response: Response) -> list[Step]:
    """New feedback for a response that has none, new words for one that has; `answer` is its id."""
    told = feedback_captured.has_listeners(Feedback)
    new = partial(
        insert,
        "feedback",
        Feedback,
        words,
        after="answer",
        key="response_id",
        then=_tell if told else None,
    )
    if response.pk is None:
        return [new()]
    text = words["text"]
    reworded = {"text": text, **UNMARKED, **TO_BE_ANALYZED}
    return [
        new(where=f"NOT EXISTS ({KNOWN})"),
        update("reworded", Feedback, reworded, where=OTHER_WORDS, params=[text]),
        update("unmarked", Tag, {"start": None, "end": None}, where=OF_REWORDED),
    ]


def _tell(ids: list[int]) -> None:
    for feedback in Feedback.objects.select_related("response").in_bulk(ids).values():
        feedback_captured.send(Feedback, feedback=feedback)
