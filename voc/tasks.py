"""What Celery runs. Each task calls a plain function and says no more."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from lib.batches import run_batches
from voc.analysis import analyze, embed, reanalyze
from voc.analysis.detect_themes import detect
from voc.analysis.suggest_phrases import suggest_all
from voc.analysis.train_classifiers import train


@shared_task
def analyze_waiting_feedback() -> int:
    """The rows are the work list and the message only a bell."""
    return run_batches(lambda: analyze.analyze_batch(timezone.now()))


@shared_task
def reanalyze_everything() -> int:
    """What the desk has begun: previews of phrases, and reading again for good."""
    return run_batches(lambda: reanalyze.reanalyze_batch(timezone.now()))


@shared_task
def suggest_phrases() -> int:
    """Once a night, from what people said voices are about."""
    return suggest_all(timezone.now())


@shared_task
def make_embeddings() -> int:
    """In a queue of its own: a slow extra must keep nobody from reading."""
    return run_batches(lambda: embed.embed_batch(timezone.now()))


@shared_task
def detect_themes() -> int:
    """Once a night; a minute for 100,000 texts."""
    return len(detect(timezone.now()))


@shared_task
def train_classifiers() -> int:
    """Once a night; how many classifiers there were. Some minutes where thousands were checked."""
    return sum(training.classifier is not None for training in train(timezone.now()))
