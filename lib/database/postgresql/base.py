"""Django's PostgreSQL, with a cheaper answer to: is the connection that was kept still good?

Django asks the server `SELECT 1` in every request. A server that went away has said goodbye, and
that can be seen without asking. Only what was silent for long, which a firewall may have cut
without a word, is asked.
"""

from __future__ import annotations

import select
import time

from django.db.backends.postgresql import base

ASK_AFTER = 30  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    health_check_done: bool
    _was_good_at = 0.0

    def close_if_health_check_failed(self) -> None:
        if self.health_check_done or self.connection is None:
            return
        if self._is_fresh() and not self._was_told_something():
            self.health_check_done = True
        super().close_if_health_check_failed()
        self._was_good_at = time.monotonic()

    def _is_fresh(self) -> bool:
        return time.monotonic() - self._was_good_at < ASK_AFTER

    def _was_told_something(self) -> bool:
        """Nobody asked anything: whatever has come is the end, or at least worth a question."""
        if self.connection.closed:
            return True
        ear = select.poll()
        ear.register(self.connection.fileno(), select.POLLIN)
        return bool(ear.poll(0))
