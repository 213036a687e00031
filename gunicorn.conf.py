"""Gunicorn reads this by itself when it is started in this folder."""

from typing import Any

from lib.logs import HideTokens


def on_starting(server: Any) -> None:
    """It has loggers of its own, and writes the whole address of what takes too long."""
    for log in (server.log.error_log, server.log.access_log):
        log.addFilter(HideTokens())
