from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from lib.rounding import hundredths
from voc.analysis import train_classifiers
from voc.analysis.train_classifiers import Training
from voc.models import Classifier
from voc.nlp.classifier import FEWEST_EXAMPLES


class Command(BaseCommand):
    help = "Train classifiers on what people checked, here and now, as is done every night."

    def handle(self, *args: Any, **options: Any) -> None:
        for training in train_classifiers.train_all(timezone.now()):
            self.stdout.write(f"{training.language}: {_outcome(training)}")


def _outcome(training: Training) -> str:
    if training.classifier:
        return _result(training.classifier)
    if training.examples < FEWEST_EXAMPLES:
        return _("%(n)d of %(enough)d examples, too few to learn from") % {
            "n": training.examples,
            "enough": FEWEST_EXAMPLES,
        }
    return _("nothing new was checked since the last training")


def _result(classifier: Classifier) -> str:
    return _(
        "version %(version)d from %(n)d examples: %(state)s; feelings %(f3)s, topics %(topics)s"
    ) % {
        "version": classifier.version,
        "n": classifier.examples,
        "state": classifier.get_state_display(),
        "f3": _figures(classifier.rules_f3, classifier.learned_f3),
        "topics": _figures(classifier.rules_topics, classifier.learned_topics),
    }


def _figures(rules: float | None, learned: float | None) -> str:
    return (
        "–" if rules is None or learned is None else f"{hundredths(rules)} → {hundredths(learned)}"
    )
