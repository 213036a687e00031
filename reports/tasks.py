"""Celery tasks. Each calls a plain function and says no more."""

from __future__ import annotations

from celery import shared_task

from reports.fixes import notify


@shared_task
def send_due_notices() -> int:
    return notify.send_due_notices()
