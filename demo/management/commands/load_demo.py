"""manage.py load_demo: fill an empty database with a made-up company."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.story.load import load
from surveys.models import Customer, Survey


class Command(BaseCommand):
    help = "Fill an empty database with the made-up company of the demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when somebody is there already"
        )

    def handle(self, *args: Any, if_empty: bool, verbosity: int, **options: Any) -> None:
        if Customer.objects.exists() or Survey.objects.exists():
            if if_empty:
                return
            raise CommandError(
                "There are customers or surveys in this database already, and load_demo would mix "
                "made-up people with them. Give it an empty one: DATABASE_URL=… manage.py migrate, "
                "then load_demo again."
            )
        say = self.stdout.write if verbosity else (lambda _line: None)
        load(timezone.now(), progress=say)
        say(f"There are {Customer.objects.count()} customers now.")
