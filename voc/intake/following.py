"""Feedback that follows a response: written in the statement that writes the response.

What others send in comes by `capture.py`.
"""

from __future__ import annotations

from functools import partial

from lib.database.together import Step, insert, update
from surveys.models import Response
from voc.models import Feedback, Tag
from voc.signals import feedback_captured

# What was marked in other words is no evidence of anything; they wait to be analyzed again.
REWORDED = ("text", "feelings", "signs", "analyzed_at", "attempts", "claimed_until")
KNOWN = "SELECT 1 FROM voc_feedback WHERE response_id = answer.id"
OTHER_WORDS = "response_id IN (SELECT id FROM answer) AND text <> %s"

OF_REWORDED = "feedback_id IN (SELECT id FROM reworded)"


def steps(feedback: Feedback, response: Response) -> list[Step]:
    """New feedback for a response that has none, new words for one that has; `answer` is its id."""
    new = partial(
        insert,
        "feedback",
        feedback,
        after="answer",
        key="response_id",
        then=partial(_tell, feedback, response),
    )
    if response.pk is None:
        return [new()]
    return [
        new(where=f"NOT EXISTS ({KNOWN})"),
        update("reworded", feedback, REWORDED, where=OTHER_WORDS, params=[feedback.text]),
        update("unmarked", Tag(start=None, end=None), ("start", "end"), where=OF_REWORDED),
    ]


def _tell(feedback: Feedback, response: Response, ids: list[int]) -> None:
    for pk in ids:
        feedback.pk, feedback._state.adding, feedback.response = pk, False, response
        feedback_captured.send(Feedback, feedback=feedback)
