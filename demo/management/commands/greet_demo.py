"""manage.py greet_demo: give `admin` a new password, wait for the pages, say where to go first."""

from __future__ import annotations

import os
import secrets
import time
import urllib.request
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from demo import welcome

MOST_SECONDS = 60  # until a web server that does not answer is given up


class Command(BaseCommand):
    help = "Give admin a new password and say where to go first (a part of `make demo`)."

    def handle(self, *args: Any, **options: Any) -> None:
        password = _let_in()
        welcome_text = welcome.text(welcome.language_of(os.environ), password=password)
        _wait_for(f"{settings.SITE_URL}/you-said/")
        self.stdout.write(welcome_text)


def _let_in() -> str:
    user, _new = User.objects.get_or_create(
        username=welcome.USERNAME, defaults={"is_staff": True, "is_superuser": True}
    )
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


def _wait_for(url: str) -> None:
    for _ in range(MOST_SECONDS * 10):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise CommandError(f"Nothing answers at {url} yet; see what is written above.")
