"""The Celery app: a bell that is rung every few seconds. The work itself stands in the database."""

from __future__ import annotations

import os
from logging import Logger
from typing import Any

from celery import Celery, signals

from lib.http import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("todoku")
app.config_from_object("config.schedule")


@signals.celeryd_init.connect
def know_the_tasks(**_worker: Any) -> None:
    """A worker does them. Beat only calls them by name: it loads nothing that reads a text."""
    app.autodiscover_tasks(["surveys", "voc", "reports"], force=True)


@signals.after_setup_logger.connect
@signals.after_setup_task_logger.connect
def mask_what_workers_write(*, logger: Logger, **_more: Any) -> None:
    """Celery has handlers of its own, past those of the settings."""
    logs.mask(logger)
