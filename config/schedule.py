"""What Celery is told: which bells ring how often, and how a worker behaves."""

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

# A worker that dies gives its bell back. Should it be lost all the same, the next one rings soon.
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
# Slow, and only for machines that can: celery --app=config worker --queues embeddings
task_routes = {"voc.tasks.make_embeddings": {"queue": "embeddings"}}
timezone = "UTC"

beat_schedule_filename = str(settings.ROOT / "var" / "bells")
_every = settings.BELL_EVERY_SECONDS


def _bell(task: str) -> dict[str, object]:
    """A bell that nobody heard in time is thrown away: the next one is on its way.

    It waits a turn, so that it is heard behind workers that are all at a long job.
    """
    return {"task": task, "schedule": _every, "options": {"expires": TIME_SLICE + 2 * _every}}


beat_schedule = {
    "send invitations": _bell("surveys.tasks.send_due_invitations"),
    "read feedback": _bell("voc.tasks.analyze_waiting_feedback"),
    "read everything again": _bell("voc.tasks.reanalyze_everything"),
    "send notices": _bell("reports.tasks.send_due_notices"),
    **({"make embeddings": _bell("voc.tasks.make_embeddings")} if settings.EMBEDDINGS else {}),
    "forget rate limit hits": {
        "task": "surveys.tasks.forget_rate_limit_hits",
        "schedule": crontab(hour=18, minute=30),  # at night in Japan
        "options": {"expires": 3600},
    },
    "learn from corrections": {
        "task": "voc.tasks.train_classifiers",
        "schedule": crontab(hour=19, minute=0),
        "options": {"expires": 3600},
    },
    "suggest phrases": {
        "task": "voc.tasks.suggest_phrases",
        "schedule": crontab(hour=19, minute=15),
        "options": {"expires": 3600},
    },
    "notice themes": {
        "task": "voc.tasks.detect_themes",
        "schedule": crontab(hour=18, minute=45),
        "options": {"expires": 3600},
    },
}
