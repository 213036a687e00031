"""Give a site its calendar and its first rule: whoever gives an NPS of 6 or less has a case.

The rule is switched on: it writes to no customer and, as it gives cases to nobody, to no colleague;
it only keeps low scores from being overlooked. Answers of before are left alone.
"""

from datetime import time
from typing import Any

from django.db import migrations
from django.utils import timezone

NAME = "批判者 / Detractors"


def begin(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    _calendar(apps, using)
    rules = apps.get_model("voc", "CaseRule").objects.using(using)
    if not rules.exists():
        rules.create(name=NAME, score_at_most=6, due_in_hours=16, on_since=timezone.now())


def _calendar(apps: Any, using: str) -> None:
    calendars = apps.get_model("voc", "BusinessCalendar").objects.using(using)
    if calendars.exists():
        return
    calendar, hours = calendars.create(), apps.get_model("voc", "BusinessHours")
    hours.objects.using(using).bulk_create(
        hours(calendar=calendar, weekday=day, opens=time(9), closes=time(18)) for day in range(5)
    )


class Migration(migrations.Migration):
    dependencies = [("voc", "0013_case_rules")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
