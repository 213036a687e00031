"""The schedule: Celery's settings, which tasks beat sends how often, and how a worker behaves."""

from __future__ import annotations

from celery.schedules import crontab
from django.conf import settings

from config import filesystem_broker
from lib.batches import TIME_SLICE

filesystem_broker.install()
broker_url = settings.CELERY_BROKER_URL
broker_transport_options = filesystem_broker.options(
    broker_url, default=settings.ROOT / "var" / "broker"
)
broker_connection_retry_on_startup = True

# A worker that dies gives its message back. Should it be lost all the same, the next comes soon.
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
# Slow, and only for machines that can: celery --app=config worker --queues embeddings
task_routes = {"voc.tasks.make_embeddings": {"queue": "embeddings"}}
timezone = "UTC"

beat_schedule_filename = str(settings.ROOT / "var" / "bells")
_seconds = settings.BELL_EVERY_SECONDS


def _often(task: str) -> dict[str, object]:
    """Send a task every few seconds; a message that no worker took in time is thrown away.

    It waits a time slice, so that it is taken even while all workers are at a long job.
    """
    return {"task": task, "schedule": _seconds, "options": {"expires": TIME_SLICE + 2 * _seconds}}


beat_schedule = {
    "send invitations": _often("surveys.tasks.send_due_invitations"),
    "send confirmations": _often("surveys.tasks.send_due_confirmations"),
    "work off imports": _often("surveys.tasks.work_off_imports"),
    "analyze feedback": _often("voc.tasks.analyze_waiting_feedback"),
    "reanalyze everything": _often("voc.tasks.reanalyze_everything"),
    "send notices": _often("reports.tasks.send_due_notices"),
    **({"make embeddings": _often("voc.tasks.make_embeddings")} if settings.EMBEDDINGS else {}),
    "forget rate limit hits": {
        "task": "surveys.tasks.forget_rate_limit_hits",
        "schedule": crontab(hour=18, minute=30),  # at night in Japan
        "options": {"expires": 3600},
    },
    "forget form posts": {
        "task": "surveys.tasks.forget_form_posts",
        "schedule": crontab(hour=18, minute=35),
        "options": {"expires": 3600},
    },
    "forget unconfirmed addresses": {
        "task": "surveys.tasks.forget_unconfirmed_addresses",
        "schedule": crontab(hour=18, minute=40),
        "options": {"expires": 3600},
    },
    "forget files left alone": {
        "task": "surveys.tasks.forget_files_left_alone",
        "schedule": crontab(hour=18, minute=45),
        "options": {"expires": 3600},
    },
    "train classifiers": {
        "task": "voc.tasks.train_classifiers",
        "schedule": crontab(hour=19, minute=0),
        "options": {"expires": 3600},
    },
    "suggest phrases": {
        "task": "voc.tasks.suggest_phrases",
        "schedule": crontab(hour=19, minute=15),
        "options": {"expires": 3600},
    },
    "detect themes": {
        "task": "voc.tasks.detect_themes",
        "schedule": crontab(hour=18, minute=45),
        "options": {"expires": 3600},
    },
}
