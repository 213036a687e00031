"""A large export is a row of work, written in parts. What is on record stays, as complete."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voc", "0010_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("ids", models.JSONField(default=list)),
                ("content", models.BinaryField(null=True)),
            ],
            options={
                "ordering": ["of", "number"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="export",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="export",
            name="begun_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="export",
            name="claimed_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="export",
            name="done",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="export",
            name="ended_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="export",
            name="gone",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="export",
            name="language",
            field=models.CharField(
                choices=[("ja", "Japanese"), ("en", "English")],
                default="ja",
                editable=False,
                max_length=2,
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="size",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="export",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting for a worker"),
                    ("running", "being written"),
                    ("done", "complete"),
                    ("stopped", "stopped"),
                    ("refused", "no longer allowed"),
                    ("failed", "broke off"),
                ],
                default="done",
                editable=False,
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.UniqueConstraint(
                models.F("by"),
                condition=models.Q(("state__in", ["waiting", "running"])),
                name="write_one_export_a_person_at_a_time",
            ),
        ),
        migrations.AddField(
            model_name="exportpart",
            name="of",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="voc.export"
            ),
        ),
        migrations.AddConstraint(
            model_name="exportpart",
            constraint=models.UniqueConstraint(
                models.F("of"), models.F("number"), name="keep_each_part_of_an_export_once"
            ),
        ),
    ]
