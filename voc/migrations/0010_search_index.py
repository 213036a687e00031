"""Feedback is searched by an index, and what few items have is found by one of its own.

Only what was analyzed is in the index of words: whoever writes waits for nothing, and the worker
that analyzes puts it in. What was not analyzed yet is looked through.
"""

from django.db import migrations, models

from lib.database.indexes import AddIndex, OnPostgreSQL

DROP = 'DROP INDEX CONCURRENTLY IF EXISTS "feedback_by_words"'
FEEDBACK_BY_WORDS = """
CREATE INDEX CONCURRENTLY "feedback_by_words" ON "voc_feedback"
USING gin (todoku_grams("search_text")) WHERE "analyzed_at" IS NOT NULL
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("surveys", "0007_search_index"),
        ("voc", "0009_every_tag_shows_its_words"),
    ]

    operations = [
        OnPostgreSQL([DROP, FEEDBACK_BY_WORDS], [DROP]),
        AddIndex(
            "feedback",
            models.Index(
                fields=["-received_at", "-id"],
                name="feedback_unreadable",
                condition=models.Q(analyzed_at__isnull=False, sentiment=None),
            ),
        ),
        AddIndex(
            "feedback",
            models.Index(
                fields=["-received_at", "-id"],
                name="feedback_in_no_language",
                condition=models.Q(language="unknown"),
            ),
        ),
        AddIndex(
            "feedback",
            models.Index(
                fields=["urgency", "-received_at", "-id"],
                name="feedback_by_urgency",
                condition=models.Q(urgency__isnull=False),
            ),
        ),
        AddIndex(
            "feedback",
            models.Index(
                fields=["channel", "-received_at", "-id"],
                name="feedback_by_channel",
                condition=~models.Q(channel="survey"),
            ),
        ),
    ]
