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


def _nightly(task: str, hour: int, minute: int) -> dict[str, object]:
    """Send a task once a day at this time in UTC, which is night in Japan."""
    at = crontab(hour=hour, minute=minute)
    return {"task": task, "schedule": at, "options": {"expires": 3600}}


beat_schedule = {
    "send invitations": _often("surveys.tasks.send_due_invitations"),
    "send confirmations": _often("surveys.tasks.send_due_confirmations"),
    "work off imports": _often("surveys.tasks.work_off_imports"),
    "analyze feedback": _often("voc.tasks.analyze_waiting_feedback"),
    "consider answers": _often("voc.tasks.consider_answers"),
    "escalate cases": _often("voc.tasks.escalate_cases"),
    "send alerts": _often("voc.tasks.send_due_alerts"),
    "tell chats": _often("voc.tasks.tell_chats"),
    "reanalyze everything": _often("voc.tasks.reanalyze_everything"),
    "pull from connectors": _often("voc.tasks.pull_from_connectors"),
    "send replies": _often("voc.tasks.send_due_replies"),
    "write exports": _often("voc.tasks.write_exports"),
    "send notices": _often("reports.tasks.send_due_notices"),
    **({"make embeddings": _often("voc.tasks.make_embeddings")} if settings.EMBEDDINGS else {}),
    "forget rate limit hits": _nightly("surveys.tasks.forget_rate_limit_hits", 18, 30),
    "forget form posts": _nightly("surveys.tasks.forget_form_posts", 18, 35),
    "forget unconfirmed addresses": _nightly("surveys.tasks.forget_unconfirmed_addresses", 18, 40),
    "forget files left alone": _nightly("surveys.tasks.forget_files_left_alone", 18, 50),
    "delete old exports": _nightly("voc.tasks.delete_old_exports", 18, 55),
    "detect themes": _nightly("voc.tasks.detect_themes", 18, 45),
    "train classifiers": _nightly("voc.tasks.train_classifiers", 19, 0),
    "suggest phrases": _nightly("voc.tasks.suggest_phrases", 19, 15),
}
