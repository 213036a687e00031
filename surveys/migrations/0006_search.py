"""Customers and responses are found however their names and words were typed."""

import django.db.models.functions.text
from django.db import migrations, models

import lib.search


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0005_addresses_have_one_form"),
    ]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="search_text",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Concat(
                    django.db.models.functions.text.Replace(
                        lib.search.Folded("name"),
                        models.Value(" ", models.TextField()),
                        models.Value("", models.TextField()),
                        output_field=models.TextField(),
                    ),
                    models.Value(" ", models.TextField()),
                    lib.search.Folded("email"),
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="response",
            name="search_text",
            field=models.GeneratedField(
                db_persist=True,
                expression=lib.search.Folded("comment"),
                output_field=models.TextField(),
            ),
        ),
    ]
