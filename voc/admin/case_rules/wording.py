"""A rule in words: what it asks of an answer, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from lib import languages
from lib.text import one_line, shortened
from voc.models import CaseRule, Feedback, Sentiment, Urgency

LONGEST_WORDS = 40
URGENCIES: dict[str, Any] = {**dict(CaseRule.AnyUrgency.choices), **dict(Urgency.choices)}


def conditions(rule: CaseRule) -> str:
    """What it asks for, in one line."""
    return " · ".join(map(str, _conditions(rule))) or gettext("every answer")


def _conditions(rule: CaseRule) -> Iterator[Any]:
    if rule.score_at_most is not None:
        yield gettext("score %(n)d or less") % {"n": rule.score_at_most}
    if rule.survey:
        yield rule.survey
    if rule.topic:
        yield rule.topic
    if rule.sentiment:
        yield Sentiment(rule.sentiment).label
    if rule.urgency:
        yield URGENCIES[rule.urgency]
    if rule.attribute:
        yield f"{rule.attribute} = {rule.attribute_value}"
    if lines := rule.lines_of_words:
        quoted = gettext("“%(words)s”") % {"words": shortened(" / ".join(lines), LONGEST_WORDS)}
        yield quoted
    if rule.language:
        yield languages.label(rule.language)


def answer(found: Any, *, words: bool, customer: bool) -> str:
    """An answer in a line, as far as somebody may see it."""
    response = found.response if isinstance(found, Feedback) else found
    score = "" if response is None or response.score is None else str(response.score)
    said = found.text if isinstance(found, Feedback) else gettext("no words")
    who = str(found.customer) if customer and found.customer else ""
    return one_line(" · ".join(filter(None, [score, who, said if words else ""])))
