"""The second half of `python -m demo`, which has chosen the place. Alone it is of no use."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from demo import greeting, preparing, running
from demo.place import Place


class Command(BaseCommand):
    help = "Prepare the demo and run its web server, worker and beat (by `make demo`)."
    stealth_options = ("place",)

    def handle(self, *args: Any, place: Place, **options: Any) -> None:
        password = preparing.prepare(place, say=self.stdout.write)
        # Processes are forked next; an open database must not be shared by them.
        connections.close_all()
        ended = running.run(place, os.environ, when_open=partial(self._greet, password))
        if ended:
            raise SystemExit(ended)

    def _greet(self, password: str) -> None:
        self.stdout.write(greeting.text(greeting.language_of(os.environ), password=password))
        connections.close_all()
