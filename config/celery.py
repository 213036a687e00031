"""The Celery app: a bell that is rung every few seconds. The work itself stands in the database."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("todoku")
app.config_from_object("config.schedule")
app.autodiscover_tasks(["surveys", "voc", "reports"])
