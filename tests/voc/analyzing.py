"""The work of the workers, done here and now: all that waits is analyzed."""

from django.utils import timezone

from voc.analysis import analyze, reanalyze


def analyze_all():
    while analyze.analyze_batch(timezone.now()):
        pass


def reanalyze_all():
    """Bring every preview and reanalysis that is going on to its end."""
    while reanalyze.reanalyze_batch(timezone.now()):
        pass
