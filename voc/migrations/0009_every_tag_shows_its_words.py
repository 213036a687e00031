"""Classifiers name the topics they read, and a topic that a person chose feels as the whole does."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def feel_as_the_whole(apps, schema_editor):
    """A tag without a feeling was hidden from whoever looked for what is wrong with its topic."""
    Feedback = apps.get_model("voc", "Feedback")
    whole = Feedback.objects.filter(pk=OuterRef("feedback")).values("sentiment")
    tags = apps.get_model("voc", "Tag").objects.filter(by="person", sentiment=None)
    tags.update(sentiment=Subquery(whole))


class Migration(migrations.Migration):
    dependencies = [("voc", "0008_search_text")]

    operations = [
        migrations.AddField(
            model_name="classifier",
            name="topics",
            field=models.JSONField(default=list, verbose_name="topics it reads"),
        ),
        migrations.RunPython(feel_as_the_whole, migrations.RunPython.noop),
    ]
