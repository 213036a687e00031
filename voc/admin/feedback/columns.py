"""Columns of the inbox: an item in two lines, never by colour alone, but by a word or a sign.

What says one of a few things, like a sentiment, is put into words once in each language.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate
from unicodedata import east_asian_width

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop, ngettext

from lib.languages import kept_in_each_language
from lib.text import cut, one_line
from surveys.models import Response
from surveys.questions import bands
from voc.admin.feedback import found_words
from voc.models import Abuse, Feedback, Intent, Sentiment, Tag, Urgency

SIGNS: dict[str, str] = {
    Sentiment.POSITIVE: "+",
    Sentiment.NEUTRAL: "·",
    Sentiment.NEGATIVE: "−",
    Sentiment.MIXED: "±",
}
OWNER_LINE = 5.0  # the width of a name that is never cut
TOPIC_LINE = 7.0  # the width of a line of topics, in letters of Japanese
SIGN_WIDTH, MORE_WIDTH = 1.5, 2.0
FOLDED = gettext_noop("These words are folded away. Open the item to read them.")
LONGEST_SAID = 62.0  # the width of two lines of words


def pair(above: object, below: object) -> SafeString:
    """Two short things in one cell, one above the other; what is empty leaves no gap."""
    full = (conditional_escape(str(each)) for each in (above, below) if each)
    return mark_safe("<br> ".join(full))


def said(item: Feedback) -> SafeString:
    """The words; before them what cannot wait, then what does not fit together."""
    before = format_html("{}{}{}", abuse(item), urgency(item), doubt(item))
    if item.abuse:
        return format_html('{}<i class="said is-folded">{}</i>', before, gettext(FOLDED))
    return format_html('{}<bdi class="said">{}</bdi>', before, _words(item))


def in_a_line(item: Feedback) -> str:
    """The words in one line, where they stand among others; abuse is folded."""
    if item.abuse is None:
        return one_line(item.text)
    return f"{Abuse(item.abuse).label}: {gettext(FOLDED)}"


def _words(item: Feedback) -> SafeString | str:
    """As much of the words as two lines show, with what was searched for among them."""
    seen = _two_lines(one_line(item.text))
    if not item.looked_for:
        return seen
    shown = found_words.shown_for(item, item.looked_for)
    return found_words.marked(_two_lines(found_words.line_with(item.text, shown, seen)), shown)


def _two_lines(words: str) -> str:
    """As much of the words as two lines of a wide screen show."""
    widths = accumulate(map(_width_of_letter, words))
    seen = next((n for n, width in enumerate(widths) if width > LONGEST_SAID), len(words))
    return words if seen == len(words) else cut(words, seen).rstrip("… ") + "…"


def abuse(item: Feedback) -> SafeString | str:
    if item.abuse is None:
        return ""
    return format_html('<b class="abuse">{}</b> ', Abuse(item.abuse).label)


def urgency(item: Feedback) -> SafeString | str:
    return "" if item.urgency is None else _urgency(item.urgency)


@kept_in_each_language
def _urgency(value: str) -> SafeString:
    return format_html('<b class="urgency is-{}">{}</b> ', value, Urgency(value).label)


def doubt(item: Feedback) -> SafeString | str:
    """A quiet mark: the score says one thing and the words another."""
    if not item.contradicts:
        return ""
    return format_html('<span class="doubt"><i>≠</i> {}</span> ', gettext("score disagrees"))


def intent(item: Feedback) -> SafeString | str:
    return "" if item.intent is None else _intent(item.intent)


@kept_in_each_language
def _intent(value: str) -> SafeString:
    return format_html('<span class="intent">{}</span>', Intent(value).label)


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
    return _score_in((band, response.score))


@kept_in_each_language
def _score_in(place: tuple[str, int]) -> SafeString:
    band, score = place
    return format_html(
        '<span class="score is-{}" title="{}">{}<i>{}</i></span>',
        band,
        bands.NAMES[band],
        score,
        bands.SIGNS[band],
    )


def feeling(item: Feedback) -> SafeString:
    if item.sentiment is None:
        return format_html('<span class="feeling">{}</span>', _why_no_feeling(item))
    return sentiment(item.sentiment)


@kept_in_each_language
def sentiment(value: str) -> SafeString:
    return format_html(
        '<span class="feeling is-{}"><i>{}</i> {}</span>',
        value,
        SIGNS[value],
        Sentiment(value).label,
    )


def _why_no_feeling(item: Feedback) -> str:
    return gettext("cannot read this") if item.analyzed_at else gettext("not read yet")


def topics(item: Feedback) -> SafeString:
    """The topics that two lines have room for, whole, and how many more there are."""
    tags = list(item.tags.all())
    shown = tags[: _how_many_fit(tags)]
    more = [""] * (len(shown) - 1) + [_more(tags[len(shown) :])]
    return format_html_join(
        " ", '<span class="unit">{}{}</span>', zip(map(topic, shown), more, strict=False)
    )


def _how_many_fit(tags: list[Tag]) -> int:
    """Two, each on a line of its own; one, which may take both, where a name is long."""
    widths = [_width(str(tag.topic)) + SIGN_WIDTH for tag in tags[:2]]
    if len(tags) > 2:
        widths[1] += MORE_WIDTH
    return len(widths) if all(width <= TOPIC_LINE for width in widths) else 1


def _width(words: str) -> float:
    """The width of words in letters of Japanese; those of other scripts are about half as wide."""
    return sum(map(_width_of_letter, words))


@cache
def _width_of_letter(letter: str) -> float:
    return 1 if east_asian_width(letter) in "WF" else 0.55


def _more(tags: list[Tag]) -> SafeString | str:
    if not tags:
        return ""
    names = ", ".join(f"{tag.topic} {SIGNS.get(tag.sentiment or '', '')}".strip() for tag in tags)
    return format_html(' <span class="more" title="{}">(+{})</span>', names, len(tags))


def topic(tag: Tag) -> SafeString:
    return format_html(
        '<span class="topic is-{}">{} <i>{}</i></span>',
        tag.sentiment or "unknown",
        tag.topic,
        SIGNS.get(tag.sentiment or "", ""),
    )


def status(item: Feedback) -> SafeString:
    return _status(item.status)


@kept_in_each_language
def _status(value: str) -> SafeString:
    return format_html('<span class="status is-{}">{}</span>', value, Feedback.Status(value).label)


def received(item: Feedback, now: datetime) -> SafeString:
    then = timezone.localtime(item.received_at)
    return format_html(
        '<span title="{}">{}</span>',
        f"{_day(then.date())} {then:%H:%M}",
        age(then, timezone.localtime(now)),
    )


def owner(item: Feedback) -> SafeString | str:
    if item.owner is None:
        return ""
    name = str(item.owner)
    title = format_html(' title="{}"', name) if _width(name) > OWNER_LINE else ""
    return format_html('<span class="owner"{}>{}</span>', title, name)


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
    return (_day_of_the_year if then.year == now.year else _day)(then.date())


@kept_in_each_language
def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


@kept_in_each_language
def _day_of_the_year(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
