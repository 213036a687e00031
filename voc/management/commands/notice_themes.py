from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from voc.analysis import detect_themes
from voc.models import Theme


class Command(BaseCommand):
    help = "Look for what customers have begun to talk about, here and now; it is done every night."

    def handle(self, *args: Any, **options: Any) -> None:
        themes = detect_themes.detect_emerging_themes(timezone.now())
        for theme in themes:
            self.stdout.write(_line(theme))
        if not themes:
            self.stdout.write(_("Nothing is said clearly more often than before."))


def _line(theme: Theme) -> str:
    line = _(
        "%(language)s  %(phrase)s: %(n)d of %(customers)d voices now, "
        "%(n_before)d of %(customers_before)d before (%(state)s)"
    )
    return line % {
        "language": theme.language,
        "phrase": theme.phrase,
        "n": theme.n,
        "customers": theme.texts,
        "n_before": theme.n_before,
        "customers_before": theme.texts_before,
        "state": theme.get_state_display(),
    }
