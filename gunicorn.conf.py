"""Gunicorn reads this by itself when it is started in this folder."""

import os
from pathlib import Path
from typing import Any

import environ

from lib.http import logs

env = environ.Env()
env.read_env(Path(__file__).parent / ".env")

# A process a core does the work; its threads wait for the database, for slow browsers, and for
# long downloads, none of which then keeps another reader waiting.
worker_class = "gthread"
workers = env.int("WEB_CONCURRENCY", default=max(2, len(os.sched_getaffinity(0))))
threads = env.int("WEB_THREADS", default=4)

# A connection stays open between two requests, longer than proxies keep theirs (nginx: 60): of the
# two it is the proxy that closes it, and never in the moment in which it sends a request.
keepalive = 75

# Seconds after which a process that no longer reports is taken for stuck. Requests may take longer.
timeout = 30
# Seconds in which requests may end when it is stopped: an answer that was sent is still kept.
graceful_timeout = 30


def on_starting(server: Any) -> None:
    """It has loggers of its own, and writes the whole address of what it is asked for."""
    for log in (server.log.error_log, server.log.access_log):
        logs.mask(log)
