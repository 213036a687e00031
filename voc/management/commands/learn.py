from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from voc.analysis import train_classifiers
from voc.analysis.train_classifiers import Learned
from voc.models import Lesson
from voc.nlp.classifier import ENOUGH


class Command(BaseCommand):
    help = "Learn from what people checked, here and now; otherwise it is done every night."

    def handle(self, *args: Any, **options: Any) -> None:
        for learned in train_classifiers.learn(timezone.now()):
            self.stdout.write(f"{learned.language}: {_told(learned)}")


def _told(learned: Learned) -> str:
    if learned.lesson:
        return _result(learned.lesson)
    if learned.examples < ENOUGH:
        return _("%(n)d of %(enough)d examples, too few to learn from") % {
            "n": learned.examples,
            "enough": ENOUGH,
        }
    return _("nothing new was checked since the last lesson")


def _result(lesson: Lesson) -> str:
    return _(
        "version %(version)d from %(n)d examples: %(state)s; feelings %(f3)s, topics %(topics)s"
    ) % {
        "version": lesson.version,
        "n": lesson.examples,
        "state": lesson.get_state_display(),
        "f3": _figures(lesson.rules_f3, lesson.learned_f3),
        "topics": _figures(lesson.rules_topics, lesson.learned_topics),
    }


def _figures(rules: float | None, learned: float | None) -> str:
    return "–" if rules is None or learned is None else f"{rules:.2f} → {learned:.2f}"
