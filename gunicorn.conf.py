"""Gunicorn reads this by itself when it is started in this folder."""

from typing import Any

from lib.http import logs


def on_starting(server: Any) -> None:
    """It has loggers of its own, and writes the whole address of what it is asked for."""
    for log in (server.log.error_log, server.log.access_log):
        logs.mask(log)
