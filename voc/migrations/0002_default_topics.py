"""The topics that a new site begins with. Staff rename, extend or archive them as they like."""

import json
from pathlib import Path

from django.db import migrations

DEFAULT_TOPICS = Path(__file__).parents[1] / "topics" / "default_topics.json"


def add(apps, schema_editor):
    Topic = apps.get_model("voc", "Topic")
    topics = json.loads(DEFAULT_TOPICS.read_text(encoding="utf-8"))
    Topic.objects.bulk_create(Topic(**topic) for topic in topics)


class Migration(migrations.Migration):
    dependencies = [("voc", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
