"""The report on the classifiers of a language: what they gain, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.rounding import hundredths, percent
from voc.models import Classifier, Feedback, Topic
from voc.models.classifiers import CLASSIFIERS_KEPT
from voc.nlp.classifier import FEWEST_EXAMPLES
from voc.nlp.detect_language import DETECTED

State = Classifier.State

IN_USE = _(
    "Version %(version)d is in use for %(parts)s. By %(n)s checked readings: %(figures)s "
    "(cross-validation)."
)
OUTDATED = _(
    "Version %(version)d was trained for earlier rules, so it is not used until it is trained "
    "anew tonight. Until then the rules work alone."
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
class ClassifierReport:
    """The report of a language: its number of checked readings, and its newest classifiers."""

    language: str
    checked: int
    classifiers: list[Classifier]
    topics: Mapping[str, str]  # names by key

    @property
    def name(self) -> str:
        return languages.label(self.language)

    @property
    def in_use(self) -> Classifier | None:
        return next((each for each in self.classifiers if each.state == State.IN_USE), None)

    @property
    def rolled_back(self) -> Classifier | None:
        """The version that a person went back from last."""
        back = [(each.rolled_back_at, each) for each in self.classifiers if each.rolled_back_at]
        return max(back, key=itemgetter(0))[1] if back else None

    @property
    def sentences(self) -> list[str]:
        """The report in sentences, the answer first."""
        return [sentence for sentence in _sentences(self) if sentence]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [_row(classifier, self.topics) for classifier in self.classifiers]


def classifier_reports() -> list[ClassifierReport]:
    newest = {
        language: list(Classifier.objects.of(language).for_display()[:CLASSIFIERS_KEPT])
        for language in DETECTED
    }
    keys = {key for classifiers in newest.values() for each in classifiers for key in each.topics}
    topics = {topic.key: str(topic) for topic in Topic.objects.filter(key__in=keys)}
    return [
        ClassifierReport(
            language, Feedback.objects.examples_in(language).count(), newest[language], topics
        )
        for language in DETECTED
    ]


def _sentences(report: ClassifierReport) -> Iterator[str]:
    yield _which(report)
    latest = next(iter(report.classifiers), None)
    if latest and latest.has_current_rules and latest != report.in_use:
        yield _outcome(latest, report.topics)
    if report.rolled_back:
        yield _rolled_back(report.rolled_back)
    yield _next(report)


def _which(report: ClassifierReport) -> str:
    classifier = report.in_use
    if classifier is None:
        return gettext("The rules work alone.")
    return str(IN_USE if classifier.has_current_rules else OUTDATED) % _words(
        classifier, report.topics
    )


def _outcome(classifier: Classifier, topics: Mapping[str, str]) -> str:
    return str(OUTCOMES.get(State(classifier.state), "")) % _words(classifier, topics)


def _words(classifier: Classifier, topics: Mapping[str, str]) -> dict[str, Any]:
    return {
        "version": classifier.version,
        "n": f"{classifier.examples:,}",
        "right": f"{classifier.confirmed:,}",
        "parts": _reads(classifier, topics),
        "figures": figures(classifier),
    }


def _rolled_back(classifier: Classifier) -> str:
    assert classifier.rolled_back_at
    return gettext(
        "%(who)s rolled back version %(version)d on %(day)s. New ones are still "
        "trained every night, and activated again only when somebody says so."
    ) % {
        "who": classifier.rolled_back_by or gettext("Somebody"),
        "version": classifier.version,
        "day": date_format(localtime(classifier.rolled_back_at), "DATE_FORMAT"),
    }


def _next(report: ClassifierReport) -> str:
    missing = FEWEST_EXAMPLES - report.checked
    if missing > 0:
        return ngettext(
            "%(n)d more checked reading until the first try.",
            "%(n)d more checked readings until the first try.",
            missing,
        ) % {"n": missing}
    if not report.classifiers:
        return gettext("%(n)s readings were checked: tonight is the first try.") % {
            "n": f"{report.checked:,}"
        }
    return ""


def figures(classifier: Classifier) -> str:
    """Figures in a sentence, without those that had too few examples."""
    each = [
        (gettext("feelings"), classifier.rules_f3, classifier.learned_f3),
        (gettext("topics"), classifier.rules_topics, classifier.learned_topics),
    ]
    message = gettext("%(what)s %(rules)s by the rules alone, %(learned)s with the classifier")
    return gettext("; ").join(
        message % {"what": what, "rules": figure(rules), "learned": figure(learned)}
        for what, rules, learned in each
        if rules is not None
    )


def figure(value: float | None) -> str:
    """F1 as such figures are written: .61; 1.00 is perfect."""
    return "–" if value is None else hundredths(value).removeprefix("0")


def _row(classifier: Classifier, topics: Mapping[str, str]) -> dict[str, Any]:
    return {
        "classifier": classifier,
        "feelings": _gain(classifier.rules_f3, classifier.learned_f3),
        "topics": _gain(classifier.rules_topics, classifier.learned_topics),
        "examples": f"{classifier.examples:,}",
        "right": _share_found_right(classifier),
        "reads": _reads(classifier, topics),
    }


def _share_found_right(classifier: Classifier) -> str:
    n = classifier.examples
    return f"{percent(classifier.confirmed, n)}%" if n else "–"


def _gain(rules: float | None, learned: float | None) -> str:
    return "–" if rules is None else f"{figure(rules)} → {figure(learned)}"


def _reads(classifier: Classifier, topics: Mapping[str, str]) -> str:
    """The parts of a reading that the classifier betters, in words."""
    if not classifier.wins:
        return ""
    named = _listed(topics.get(key, key) for key in classifier.topics)
    parts = {
        gettext("feelings"): classifier.reads_feelings,
        gettext("topics (%(names)s)") % {"names": named}: classifier.reads_topics,
    }
    return _listed(name for name, is_read in parts.items() if is_read)


def _listed(names: Iterable[str]) -> str:
    return pgettext("between things listed", ", ").join(names)
