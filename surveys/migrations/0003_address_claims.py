"""Addresses given in forms are claims until their owners confirm; posts of forms are known again."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0002_words_of_the_field"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimedAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "send_after",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="send after"
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="attempts"
                    ),
                ),
                (
                    "handed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="handed over at"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("sent", "sent"),
                            ("refused", "refused"),
                            ("skipped", "skipped"),
                            ("uncertain", "uncertain"),
                        ],
                        editable=False,
                        max_length=10,
                        null=True,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="reason"
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="settled at"),
                ),
                ("digest", models.CharField(editable=False, max_length=64)),
                (
                    "address",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("ja", "Japanese"), ("en", "English")],
                        default="ja",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "mails",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="mails"),
                ),
                (
                    "stopped_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="stopped at"),
                ),
            ],
            options={
                "verbose_name": "address to confirm",
                "verbose_name_plural": "addresses to confirm",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        models.F("send_after"),
                        condition=models.Q(("outcome", None)),
                        name="confirmations_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("digest"), name="one_row_per_claimed_address")
                ],
            },
        ),
        migrations.CreateModel(
            name="AddressClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="created at"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                ("denied_at", models.DateTimeField(null=True, verbose_name="denied at")),
                (
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="address_claim",
                        to="surveys.response",
                        verbose_name="response",
                    ),
                ),
                (
                    "claimed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="surveys.claimedaddress",
                        verbose_name="email address",
                    ),
                ),
            ],
            options={
                "verbose_name": "address claim",
                "verbose_name_plural": "address claims",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None), ("denied_at", None), _connector="OR"
                        ),
                        name="a_claim_is_confirmed_or_denied",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("said", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="form_posts",
                        to="surveys.response",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("survey"),
                        models.F("said"),
                        models.F("at"),
                        name="form_posts_by_what_was_said",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("survey"), models.F("key"), name="keep_each_form_once"
                    )
                ],
            },
        ),
    ]
