"""Feedback is found by other forms of its words, too, and by how they are read.

The worker that analyzes writes them; what was analyzed before gets its own when it is analyzed
again. Nobody waits: the column is empty at first, and so is its index.
"""

from django.db import migrations, models

from lib.database.indexes import AddColumn, OnPostgreSQL

DROP = 'DROP INDEX CONCURRENTLY IF EXISTS "feedback_by_other_words"'
FEEDBACK_BY_OTHER_WORDS = """
CREATE INDEX CONCURRENTLY "feedback_by_other_words" ON "voc_feedback"
USING gin (todoku_grams("search_words")) WHERE "search_words" IS NOT NULL
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("surveys", "0007_search_index"),
        ("voc", "0020_abuse"),
    ]

    operations = [
        AddColumn("feedback", "search_words", models.TextField(null=True, editable=False)),
        OnPostgreSQL([DROP, FEEDBACK_BY_OTHER_WORDS], [DROP]),
    ]
