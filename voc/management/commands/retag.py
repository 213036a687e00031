from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from voc.models import Feedback, FeedbackQuerySet, Topic


class Command(BaseCommand):
    help = (
        "Have feedback analyzed again. The workers will do it, or read_feedback. Corrections stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="everything there is")
        which.add_argument("--topic", metavar="KEY", help="what has it or one of its phrases")
        which.add_argument(
            "--set-aside", action="store_true", help="what could not be analyzed so far"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            _("%(n)d items will be analyzed again.")
            % {"n": self._chosen(options).queue_for_analysis()}
        )

    def _chosen(self, options: dict[str, Any]) -> FeedbackQuerySet:
        feedback = Feedback.objects.all()
        if options["topic"]:
            return feedback.that_may_be_about(_topic(options["topic"]))
        return feedback.set_aside() if options["set_aside"] else feedback


def _topic(key: str) -> Topic:
    try:
        return Topic.objects.get(key=key)
    except Topic.DoesNotExist:
        keys = ", ".join(Topic.objects.values_list("key", flat=True))
        raise CommandError(
            _("There is no topic “%(key)s”. There are: %(keys)s.") % {"key": key, "keys": keys}
        ) from None
