"""Before the demo opens: its tables, its story, and a way in for whoever tries it."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable

from django.contrib.auth.models import User
from django.core.management import call_command

from demo.place import ROOT, Place
from surveys.models import Survey

NAME = "admin"


def prepare(place: Place, *, say: Callable[[str], object]) -> str:
    """Make ready what is not; return a new password for `admin`."""
    # Bells of last time, which nobody is waiting for any more.
    shutil.rmtree(place.folder / "broker", ignore_errors=True)
    (place.folder / "static").mkdir(exist_ok=True)  # empty: static files are served where they are
    call_command("migrate", verbosity=0)
    if not Survey.objects.exists():
        say("Telling the story of a made-up company, once; it takes some seconds …")
        _load()
    return _let_in()


def _load() -> None:
    """In a process of its own: the readers of texts take memory, and it is given back."""
    command = [sys.executable, "manage.py", "load_demo", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=os.environ, check=True)


def _let_in() -> str:
    user, _new = User.objects.get_or_create(
        username=NAME, defaults={"is_staff": True, "is_superuser": True}
    )
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password
