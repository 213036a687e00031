"""What Celery runs. Each task calls a plain function and says no more."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from lib.batches import go_on
from voc.analysis import analyze, detect_themes, embed, reanalyze, train_classifiers
from voc.analysis.suggest_phrases import suggest_all


@shared_task
def read_waiting_feedback() -> int:
    """The rows are the work list and the message only a bell."""
    return go_on(lambda: analyze.read_batch(timezone.now()))


@shared_task
def read_everything_again() -> int:
    """What the desk has begun: trials of phrases, and reading again for good."""
    return go_on(lambda: reanalyze.go_on(timezone.now()))


@shared_task
def suggest_phrases() -> int:
    """Once a night, from what people said voices are about."""
    return suggest_all(timezone.now())


@shared_task
def make_embeddings() -> int:
    """In a queue of its own: a slow extra must keep nobody from reading."""
    return go_on(lambda: embed.embed_batch(timezone.now()))


@shared_task
def notice_themes() -> int:
    """Once a night; a minute for 100,000 texts."""
    return len(detect_themes.notice(timezone.now()))


@shared_task
def learn_from_corrections() -> int:
    """Once a night; how many lessons there were. Some minutes where thousands were checked."""
    return sum(learned.lesson is not None for learned in train_classifiers.learn(timezone.now()))
