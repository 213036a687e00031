"""Celery tasks of surveys. Each calls a plain function and says no more.

The rows are the work list and a message only a bell: a lost one costs seconds, a repeated one
nothing, and no web request ever waits for the broker.
"""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from surveys.imports import control, work_off
from surveys.invitations import send
from surveys.models import FormPost, RateLimitHit
from surveys.responses import claim_address, send_confirmations


@shared_task
def send_due_invitations() -> int:
    return send.send_due_invitations()


@shared_task
def send_due_confirmations() -> int:
    return send_confirmations.send_due_confirmations()


@shared_task
def forget_unconfirmed_addresses() -> int:
    return claim_address.forget_unconfirmed(timezone.now())


@shared_task
def forget_form_posts() -> int:
    return FormPost.objects.before(timezone.now() - timedelta(days=1)).delete()[0]


@shared_task
def work_off_imports() -> int | None:
    return work_off.work_off_next(timezone.now)


@shared_task
def forget_files_left_alone() -> int:
    return control.forget_files_left_alone(timezone.now())


@shared_task
def forget_rate_limit_hits() -> int:
    return RateLimitHit.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()[0]
