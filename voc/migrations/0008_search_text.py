"""Feedback is found however its words were typed."""

from django.db import migrations, models

import lib.search


class Migration(migrations.Migration):
    dependencies = [
        ("voc", "0006_words_of_claimed_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="search_text",
            field=models.GeneratedField(
                db_persist=True,
                expression=lib.search.Folded("text"),
                output_field=models.TextField(),
            ),
        ),
    ]
