"""What is to be said of learning in a language: whether it gains, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from lib import languages
from voc.models import Feedback, Lesson
from voc.models.classifiers import KEPT
from voc.nlp.classifier import ENOUGH

State = Lesson.State

IN_USE = _(
    "Version %(version)d is in use for %(parts)s. By %(n)s checked readings: %(figures)s "
    "(cross-validation)."
)
RESTING = _(
    "Version %(version)d was learned beside earlier rules and rests. The rules read alone until "
    "tonight, when it is learned anew."
)
OUTCOMES = {
    State.ONE_SIDED: _(
        "Version %(version)d cannot be judged: of %(n)s readings only %(right)s were found right. "
        "By mistakes alone the rules look worse than they are. Check some readings as they come."
    ),
    State.NOT_BETTER: _(
        "Version %(version)d does not read clearly better than the rules, so it is not used: "
        "%(figures)s, by %(n)s checked readings."
    ),
    State.WAITING: _(
        "Version %(version)d reads better than the rules and waits for you: %(figures)s, by %(n)s "
        "checked readings."
    ),
}


@dataclass(frozen=True)
class School:
    """A language, how many of its readings people have checked, and its lessons, newest first."""

    language: str
    checked: int
    lessons: list[Lesson]

    @property
    def name(self) -> str:
        return languages.name(self.language)

    @property
    def in_use(self) -> Lesson | None:
        return next((each for each in self.lessons if each.state == State.IN_USE), None)

    @property
    def taken_back(self) -> Lesson | None:
        """The one that a person went back from last."""
        back = [(each.taken_back_at, each) for each in self.lessons if each.taken_back_at]
        return max(back, key=itemgetter(0))[1] if back else None

    @property
    def sentences(self) -> list[str]:
        """The answer first."""
        return [sentence for sentence in _sentences(self) if sentence]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [_row(lesson) for lesson in self.lessons]


def schools() -> list[School]:
    return [
        School(
            language,
            Feedback.objects.teaching(language).count(),
            list(Lesson.objects.of(language).told()[:KEPT]),
        )
        for language in languages.LANGUAGES
    ]


def _sentences(school: School) -> Iterator[str]:
    yield _which(school)
    latest = next(iter(school.lessons), None)
    if latest and latest.is_understood and latest != school.in_use:
        yield _outcome(latest)
    if school.taken_back:
        yield _went_back(school.taken_back)
    yield _next(school)


def _which(school: School) -> str:
    lesson = school.in_use
    if lesson is None:
        return gettext("The rules read alone.")
    return str(IN_USE if lesson.is_understood else RESTING) % _words(lesson)


def _outcome(lesson: Lesson) -> str:
    return str(OUTCOMES.get(State(lesson.state), "")) % _words(lesson)


def _words(lesson: Lesson) -> dict[str, Any]:
    return {
        "version": lesson.version,
        "n": f"{lesson.examples:,}",
        "right": f"{lesson.confirmed:,}",
        "parts": _reads(lesson),
        "figures": figures(lesson),
    }


def _went_back(lesson: Lesson) -> str:
    assert lesson.taken_back_at
    return gettext(
        "%(who)s went back from version %(version)d on %(day)s. It is still learned every night, "
        "and used again only when somebody says so."
    ) % {
        "who": lesson.taken_back_by or gettext("Somebody"),
        "version": lesson.version,
        "day": date_format(localtime(lesson.taken_back_at), "DATE_FORMAT"),
    }


def _next(school: School) -> str:
    missing = ENOUGH - school.checked
    if missing > 0:
        return ngettext(
            "%(n)d more checked reading until the first try.",
            "%(n)d more checked readings until the first try.",
            missing,
        ) % {"n": missing}
    if not school.lessons:
        return gettext("%(n)s readings were checked: tonight is the first try.") % {
            "n": f"{school.checked:,}"
        }
    return ""


def figures(lesson: Lesson) -> str:
    """Without what was too little to tell."""
    each = [
        (gettext("feelings"), lesson.rules_f3, lesson.learned_f3),
        (gettext("topics"), lesson.rules_topics, lesson.learned_topics),
    ]
    told = gettext("%(what)s %(rules)s by the rules alone, %(learned)s with learning")
    return gettext("; ").join(
        told % {"what": what, "rules": figure(rules), "learned": figure(learned)}
        for what, rules, learned in each
        if rules is not None
    )


def figure(value: float | None) -> str:
    """.61, as such figures are written; 1.00 is perfect."""
    return "–" if value is None else f"{value:.2f}".removeprefix("0")


def _row(lesson: Lesson) -> dict[str, Any]:
    return {
        "lesson": lesson,
        "feelings": _gain(lesson.rules_f3, lesson.learned_f3),
        "topics": _gain(lesson.rules_topics, lesson.learned_topics),
        "examples": f"{lesson.examples:,}",
        "right": f"{lesson.confirmed / max(1, lesson.examples):.0%}",
        "reads": _reads(lesson),
    }


def _gain(rules: float | None, learned: float | None) -> str:
    return "–" if rules is None else f"{figure(rules)} → {figure(learned)}"


def _reads(lesson: Lesson) -> str:
    """What of a reading it betters."""
    if not lesson.wins:
        return ""
    parts = {gettext("feelings"): lesson.reads_feelings, gettext("topics"): lesson.reads_topics}
    return pgettext("between things listed", ", ").join(
        name for name, is_read in parts.items() if is_read
    )
