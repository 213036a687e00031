"""The reading panel in the margin of an item: the reading, and the words that show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from lib.text import one_line, visible
from surveys.questions import bands
from voc.admin.feedback import columns, found_words
from voc.admin.feedback.highlights import Highlight, Piece, pieces, quote
from voc.models import Abuse, Feedback, Intent, Sentiment, Tag, Urgency
from voc.privacy import labels, masking

SIGN_NAMES: dict[str, Any] = {
    **dict(Abuse.choices),
    **dict(Urgency.choices),
    **dict(Intent.choices),
}
# What shows these shows a feeling, and is underlined already.
FEELING_INTENTS = {Intent.COMPLAINT, Intent.PRAISE}


@dataclass(frozen=True)
class Remark:
    """A part of the reading, and the words that show it."""

    label: SafeString | str
    quotes: tuple[str, ...] = ()


def reading_panel(item: Feedback) -> dict[str, Any]:
    return {
        "score": columns.score(item),
        "doubt": _doubt(item),
        "feeling": columns.feeling(item),
        "mixed": _mixed(item),
        "abuse": _sign(item, item.abuse, columns.abuse(item)),
        "urgency": _sign(item, item.urgency, columns.urgency(item)),
        "intent": _sign(item, item.intent, columns.intent(item)),
        "topics": [_topic(item, tag) for tag in item.tags.all()],
        "is_foreign": item.analyzed_at is not None and item.sentiment is None,
        "private": labels.kind_names(masking.kinds_in(item.text)),
        "read_by": read_by(item.analyzer),
    }


def marked(item: Feedback, query: str = "") -> list[tuple[Piece, list[SafeString]]]:
    """The text in pieces, with the notes beside each, and what was searched for."""
    signs = (span for span in _signs(item) if span.sign not in FEELING_INTENTS)
    spans = [*_feelings(item), *_topics(item), *signs, *_found(item, query)]
    return [
        (replace(piece, text=visible(piece.text)), [_beside(span) for span in piece.ending])
        for piece in pieces(item.text, spans)
    ]


def read_by(analyzer: str) -> str:
    """The analyzer in words. `rules-2+ja-7`: the second rules, the seventh Japanese classifier."""
    rules, _plus, classifier = analyzer.partition("+")
    named = {"rules": rules.removeprefix("rules-"), "classifier": classifier}
    if classifier:
        return gettext("rules %(rules)s, classifier %(classifier)s") % named
    return gettext("rules %(rules)s") % named if rules else ""


def _feelings(item: Feedback) -> list[Highlight]:
    return [Highlight(start, end, sentiment) for sentiment, start, end in item.feelings]


def _topics(item: Feedback) -> Iterator[Highlight]:
    for tag in item.tags.all():
        if tag.start is not None and tag.end is not None:
            yield Highlight(tag.start, tag.end, tag.sentiment, str(tag.topic))


def _signs(item: Feedback) -> list[Highlight]:
    return [
        Highlight(start, end, None, sign=kind)
        for kind, start, end in item.signs
        if kind in SIGN_NAMES
    ]


def _found(item: Feedback, query: str) -> Iterator[Highlight]:
    words = found_words.shown_for(item, query)
    for start, end in found_words.spans(item.text, words) if words else ():
        yield Highlight(start, end, None, is_found=True)


def _beside(span: Highlight) -> SafeString:
    if span.sign:
        return format_html(
            '<small class="beside is-sign is-{}">{}</small>', span.sign, SIGN_NAMES[span.sign]
        )
    sign = columns.SIGNS.get(span.sentiment or "", "")
    kind = span.sentiment or "unknown"
    return format_html('<small class="beside is-{}">{} <i>{}</i></small>', kind, span.topic, sign)


def _sign(item: Feedback, kind: str | None, label: SafeString | str) -> Remark | None:
    shown = (item.text[span.start : span.end] for span in _signs(item) if span.sign == kind)
    return Remark(label, _quotes(shown)) if kind else None


def _topic(item: Feedback, tag: Tag) -> Remark:
    if tag.start is None or tag.end is None:
        return Remark(columns.topic(tag))
    words = quote(item.text, Highlight(tag.start, tag.end, tag.sentiment), _feelings(item))
    return Remark(columns.topic(tag), _quotes([words]))


def _quotes(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, words))))


def _doubt(item: Feedback) -> str:
    if not item.contradicts or item.band is None:
        return ""
    band = bands.NAMES[item.band]
    sentences: dict[str, str] = {
        Sentiment.NEGATIVE: gettext(
            "They gave %(score)d (%(band)s), and what they wrote is negative. "
            "The scale may have been misread, or the reading is wrong."
        ),
        Sentiment.POSITIVE: gettext(
            "They gave %(score)d (%(band)s), and what they wrote is positive. "
            "The scale may have been misread, or the reading is wrong."
        ),
    }
    return sentences[item.sentiment or ""] % {"score": item.score, "band": band}


def _mixed(item: Feedback) -> str:
    """A mixed feeling in a sentence, positive and negative by topic, or else by the words."""
    if item.sentiment != Sentiment.MIXED:
        return ""
    pleased, displeased = _felt(item, Sentiment.POSITIVE), _felt(item, Sentiment.NEGATIVE)
    if not (pleased and displeased):
        return ""
    return gettext("Positive about %(pleased)s, negative about %(displeased)s.") % {
        "pleased": pleased,
        "displeased": displeased,
    }


def _felt(item: Feedback, sentiment: str) -> str:
    topics = [str(tag.topic) for tag in item.tags.all() if tag.sentiment == sentiment]
    words = (
        item.text[span.start : span.end] for span in _feelings(item) if span.sentiment == sentiment
    )
    quoted = (gettext("“%(words)s”") % {"words": each} for each in _quotes(words))
    return pgettext("between things listed", ", ").join(topics or quoted)
