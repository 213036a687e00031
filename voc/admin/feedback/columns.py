"""Columns of the inbox: an item in one line, never by colour alone, but by a word or a sign."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from lib.text import one_line
from surveys.models import Response
from surveys.questions import bands
from voc.models import Feedback, Intent, Sentiment, Tag, Urgency

SIGNS: dict[str, str] = {
    Sentiment.POSITIVE: "+",
    Sentiment.NEUTRAL: "·",
    Sentiment.NEGATIVE: "−",
    Sentiment.MIXED: "±",
}
TOPICS_IN_A_LINE = 2


def said(item: Feedback) -> SafeString:
    """The words on one line; before them what cannot wait, then what does not fit together."""
    words = one_line(item.text)
    return format_html('{}{}<bdi class="said">{}</bdi>', urgency(item), doubt(item), words)


def urgency(item: Feedback) -> SafeString | str:
    if item.urgency is None:
        return ""
    label = Urgency(item.urgency).label
    return format_html('<b class="urgency is-{}">{}</b> ', item.urgency, label)


def doubt(item: Feedback) -> SafeString | str:
    """A quiet mark: the score says one thing and the words another."""
    if not item.contradicts:
        return ""
    return format_html('<span class="doubt"><i>≠</i> {}</span> ', gettext("score disagrees"))


def intent(item: Feedback) -> SafeString | str:
    if item.intent is None:
        return ""
    return format_html('<span class="intent">{}</span>', Intent(item.intent).label)


def score(item: Feedback) -> SafeString | str:
    return "" if item.response is None else response_score(item.response)


def response_score(response: Response) -> SafeString | str:
    """The score of an answer, with its band where its scale has bands."""
    if response.score is None:
        return ""
    band = response.band
    if band is None:
        written = response.survey.its_kind.written(response.score)
        return format_html('<span class="score">{}</span>', written)
    return format_html(
        '<span class="score is-{}" title="{}">{}<i>{}</i></span>',
        band,
        bands.NAMES[band],
        response.score,
        bands.SIGNS[band],
    )


def feeling(item: Feedback) -> SafeString:
    if item.sentiment is None:
        return format_html('<span class="feeling">{}</span>', _why_no_feeling(item))
    return sentiment(item.sentiment)


def sentiment(value: str) -> SafeString:
    return format_html(
        '<span class="feeling is-{}"><i>{}</i> {}</span>',
        value,
        SIGNS[value],
        Sentiment(value).label,
    )


def _why_no_feeling(item: Feedback) -> str:
    return gettext("cannot read this") if item.analyzed_at else gettext("not analyzed yet")


def topics(item: Feedback) -> SafeString:
    """The first two topics, and how many more there are."""
    tags = list(item.tags.all())
    shown = format_html_join(" ", "{}", ((topic(tag),) for tag in tags[:TOPICS_IN_A_LINE]))
    more = len(tags) - TOPICS_IN_A_LINE
    return format_html('{} <span class="more">+{}</span>', shown, more) if more > 0 else shown


def topic(tag: Tag) -> SafeString:
    return format_html(
        '<span class="topic is-{}">{} <i>{}</i></span>',
        tag.sentiment or "unknown",
        tag.topic,
        SIGNS.get(tag.sentiment or "", ""),
    )


def status(item: Feedback) -> SafeString:
    return format_html(
        '<span class="status is-{}">{}</span>', item.status, item.get_status_display()
    )


def received(item: Feedback, now: datetime) -> SafeString:
    then = timezone.localtime(item.received_at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        then.isoformat(timespec="minutes"),
        date_format(then, "DATETIME_FORMAT"),
        age(then, timezone.localtime(now)),
    )


def age(then: datetime, now: datetime) -> str:
    """The age in minutes, hours or days within a week; then the day, with the year of another."""
    gone = now - then
    if timedelta() <= gone < timedelta(hours=1):
        minutes = gone // timedelta(minutes=1)
        return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    if timedelta() <= gone < timedelta(days=1):
        hours = gone // timedelta(hours=1)
        return ngettext("%(n)d h", "%(n)d h", hours) % {"n": hours}
    if timedelta() <= gone < timedelta(days=7):
        return ngettext("%(n)d day", "%(n)d days", gone.days) % {"n": gone.days}
    return date_format(then, "MONTH_DAY_FORMAT" if then.year == now.year else "DATE_FORMAT")
