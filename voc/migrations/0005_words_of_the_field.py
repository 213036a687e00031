"""What is stored is called what the field calls it. Every row stays, and so do people's rights."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# The models that have another name now: before, after, and after in words.
NAMES = [
    ("lesson", "classifier", "classifier"),
    ("rereading", "reanalysis", "reanalysis"),
    ("revision", "phrasechange", "change of phrases"),
    ("vector", "embedding", "embedding"),
    ("move", "activity", "activity"),
]


def keep_the_rights(apps, schema_editor):
    """`change_lesson` becomes `change_classifier`, for whoever has it."""
    for old, new, words in NAMES:
        _rename_rights(apps, schema_editor, old, new, words)


def give_back_the_rights(apps, schema_editor):
    for old, new, _words in NAMES:
        _rename_rights(apps, schema_editor, new, old, old)


def _rename_rights(apps, schema_editor, old, new, words):
    rights = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    for verb in ("add", "change", "delete", "view"):
        rights.filter(content_type__app_label="voc", codename=f"{verb}_{old}").update(
            codename=f"{verb}_{new}", name=f"Can {verb} {words}"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("voc", "0004_export"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # What names a renamed column in a condition goes first, and comes back last.
        migrations.RemoveIndex("feedback", "feedback_unread"),
        migrations.RemoveIndex("feedback", "feedback_by_turn"),
        migrations.RemoveConstraint("lesson", "number_the_lessons_of_a_language"),
        migrations.RemoveConstraint("lesson", "use_one_lesson_per_language"),
        migrations.RemoveConstraint("revision", "one_open_revision_per_topic"),
        migrations.RemoveConstraint("rereading", "read_everything_again_once_at_a_time"),
        migrations.RenameModel("Lesson", "Classifier"),
        migrations.RenameModel("Revision", "PhraseChange"),
        migrations.RenameModel("Rereading", "Reanalysis"),
        migrations.RenameModel("Vector", "Embedding"),
        migrations.RenameModel("Move", "Activity"),
        migrations.RenameField("Classifier", "with_vectors", "with_embeddings"),
        migrations.RenameField("Classifier", "reader", "rules_version"),
        migrations.RenameField("Classifier", "learned_at", "trained_at"),
        migrations.RenameField("Classifier", "taken_back_at", "rolled_back_at"),
        migrations.RenameField("Classifier", "taken_back_by", "rolled_back_by"),
        migrations.RenameField("Reanalysis", "revision", "phrase_change"),
        migrations.RenameField("Reanalysis", "is_trial", "is_preview"),
        migrations.RenameField("Suggestion", "luck", "p_value"),
        migrations.RenameField("Feedback", "tagged_at", "analyzed_at"),
        migrations.RenameField("Feedback", "tagger", "analyzer"),
        migrations.RenameField("Feedback", "turn", "priority"),
        migrations.AddIndex(
            "Feedback",
            models.Index(
                "attempts", "id", name="feedback_to_analyze", condition=Q(analyzed_at=None)
            ),
        ),
        migrations.AddIndex(
            "Feedback",
            models.Index(fields=["priority", "-received_at", "-id"], name="feedback_by_priority"),
        ),
        migrations.AddConstraint(
            "Classifier",
            models.UniqueConstraint(
                "language", "version", name="number_the_classifiers_of_a_language"
            ),
        ),
        migrations.AddConstraint(
            "Classifier",
            models.UniqueConstraint(
                "language", name="use_one_classifier_per_language", condition=Q(state="in_use")
            ),
        ),
        migrations.AddConstraint(
            "PhraseChange",
            models.UniqueConstraint(
                "topic",
                name="one_open_phrase_change_per_topic",
                condition=Q(applied_at=None, withdrawn_at=None),
            ),
        ),
        migrations.AddConstraint(
            "Reanalysis",
            models.UniqueConstraint(
                "is_preview",
                name="reanalyze_everything_once_at_a_time",
                condition=Q(state="running", is_preview=False),
            ),
        ),
        # What people read of them, and what leads to them.
        migrations.AlterModelOptions(
            name="activity",
            options={
                "ordering": ["-at", "-pk"],
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
            },
        ),
        migrations.AlterModelOptions(
            name="classifier",
            options={
                "ordering": ["language", "-version"],
                "verbose_name": "classifier",
                "verbose_name_plural": "Classifiers",
            },
        ),
        migrations.AlterModelOptions(
            name="embedding",
            options={"verbose_name": "embedding", "verbose_name_plural": "embeddings"},
        ),
        migrations.AlterModelOptions(
            name="reanalysis",
            options={
                "ordering": ["-started_at", "-pk"],
                "verbose_name": "reanalysis",
                "verbose_name_plural": "reanalyses",
            },
        ),
        migrations.AlterModelOptions(
            name="suggestion",
            options={
                "ordering": ["p_value", "-n", "phrase"],
                "verbose_name": "suggested phrase",
                "verbose_name_plural": "suggested phrases",
            },
        ),
        migrations.AlterField(
            model_name="activity",
            name="feedback",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="activities",
                to="voc.feedback",
            ),
        ),
        migrations.AlterField(
            model_name="activity",
            name="what",
            field=models.CharField(
                choices=[
                    ("take", "took it on"),
                    ("assign", "gave it to"),
                    ("dismiss", "dismissed it"),
                    ("reopen", "opened it again"),
                    ("plan", "planned a fix"),
                    ("unplan", "withdrew the fix"),
                    ("finish", "shipped the fix"),
                    ("sentiment", "corrected the sentiment"),
                    ("topics", "corrected the topics"),
                    ("signs", "corrected what they want"),
                    ("confirm", "found the reading right"),
                    ("machine", "let the machine analyze it again"),
                ],
                max_length=40,
                verbose_name="what",
            ),
        ),
        migrations.AlterField(
            model_name="classifier",
            name="learned_f3",
            field=models.FloatField(null=True, verbose_name="classifier's"),
        ),
        migrations.AlterField(
            model_name="classifier",
            name="learned_topics",
            field=models.FloatField(null=True, verbose_name="classifier's, topics"),
        ),
        migrations.AlterField(
            model_name="classifier",
            name="rolled_back_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="rolled back at"),
        ),
        migrations.AlterField(
            model_name="classifier",
            name="rolled_back_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rolled back by",
            ),
        ),
        migrations.AlterField(
            model_name="classifier",
            name="rules_version",
            field=models.CharField(max_length=40, verbose_name="version of the rules"),
        ),
        migrations.AlterField(
            model_name="classifier",
            name="trained_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="trained at"
            ),
        ),
        migrations.AlterField(
            model_name="feedback",
            name="analyzed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="analyzed at"),
        ),
        migrations.AlterField(
            model_name="feedback",
            name="analyzer",
            field=models.CharField(
                blank=True, editable=False, max_length=40, verbose_name="analyzed by"
            ),
        ),
        migrations.AlterField(
            model_name="phrasechange",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="phrase_changes",
                to="voc.topic",
                verbose_name="topic",
            ),
        ),
        migrations.AlterField(
            model_name="reanalysis",
            name="done",
            field=models.PositiveIntegerField(default=0, verbose_name="analyzed"),
        ),
        migrations.AlterField(
            model_name="reanalysis",
            name="is_preview",
            field=models.BooleanField(default=False, verbose_name="preview"),
        ),
        migrations.AlterField(
            model_name="reanalysis",
            name="phrase_change",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reanalyses",
                to="voc.phrasechange",
                verbose_name="change",
            ),
        ),
        migrations.AlterField(
            model_name="reanalysis",
            name="total",
            field=models.PositiveIntegerField(verbose_name="to analyze"),
        ),
        migrations.AlterField(
            model_name="suggestion",
            name="n",
            field=models.PositiveIntegerField(verbose_name="items"),
        ),
        migrations.AlterField(
            model_name="theme",
            name="n",
            field=models.PositiveIntegerField(verbose_name="customers"),
        ),
        migrations.AlterField(
            model_name="theme",
            name="n_before",
            field=models.PositiveIntegerField(verbose_name="customers before"),
        ),
        migrations.AlterField(
            model_name="theme",
            name="texts",
            field=models.PositiveIntegerField(verbose_name="all customers"),
        ),
        migrations.AlterField(
            model_name="theme",
            name="texts_before",
            field=models.PositiveIntegerField(verbose_name="all customers before"),
        ),
        migrations.RunPython(keep_the_rights, give_back_the_rights),
    ]
