"""Celery tasks of voc. Each calls a plain function and says no more."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from lib.batches import run_batches
from voc.analysis import analyze, embed, reanalyze
from voc.analysis.detect_themes import detect_emerging_themes
from voc.analysis.suggest_phrases import suggest_all
from voc.analysis.train_classifiers import train_all
from voc.cases import alert_mail, escalate, rules
from voc.cases.webhooks import deliver
from voc.connectors import pull
from voc.exports import ask, work_off
from voc.replies import send


@shared_task
def analyze_waiting_feedback() -> int:
    """Analyze what came in. The rows are the work list and the message only a bell."""
    return run_batches(lambda: analyze.analyze_batch(timezone.now()))


@shared_task
def consider_answers() -> int:
    """Open the cases that the rules want, for answers that came in."""
    return run_batches(lambda: rules.consider_batch(timezone.now()))


@shared_task
def escalate_cases() -> int:
    """Escalate what is overdue, and give on what people who left had."""
    given = run_batches(lambda: escalate.give_on_what_was_left(timezone.now()))
    return given + run_batches(lambda: escalate.escalate_overdue(timezone.now()))


@shared_task
def send_due_alerts() -> int:
    """Send the mails about cases that are due to the people here."""
    return alert_mail.send_due_alerts()


@shared_task
def tell_chats() -> int:
    """Post what chats are told about cases."""
    return deliver.deliver_posts()


@shared_task
def reanalyze_everything() -> int:
    """Work on reanalyses that the desk has begun: previews of phrases, and those for good."""
    return run_batches(lambda: reanalyze.reanalyze_batch(timezone.now()))


@shared_task
def suggest_phrases() -> int:
    """Suggest phrases once a night, from the topics that people gave to feedback."""
    return suggest_all(timezone.now())


@shared_task
def make_embeddings() -> int:
    """Make embeddings, in a queue of their own: a slow extra must not hold up analysis."""
    return run_batches(lambda: embed.embed_batch(timezone.now()))


@shared_task
def pull_from_connectors() -> int | None:
    """Fetch from one connector whose time has come."""
    return pull.pull_next(timezone.now)


@shared_task
def send_due_replies() -> int:
    """Send the replies whose ten seconds are over."""
    return send.send_due_replies()


@shared_task
def write_exports() -> int | None:
    """Write at a table that somebody has asked for."""
    return work_off.write_next(timezone.now)


@shared_task
def delete_old_exports() -> int:
    """Delete files whose day is over."""
    return ask.delete_old_files(timezone.now())


@shared_task
def detect_themes() -> int:
    """Detect emerging themes once a night; a minute for 100,000 texts."""
    return len(detect_emerging_themes(timezone.now()))


@shared_task
def train_classifiers() -> int:
    """Train classifiers once a night; return how many. Minutes, for thousands of examples."""
    return sum(training.classifier is not None for training in train_all(timezone.now()))
