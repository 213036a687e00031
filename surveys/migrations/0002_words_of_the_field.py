"""The rate limit's rows are called what the field calls them. Nothing is lost."""

from django.db import migrations, models


def keep_the_rights(apps, schema_editor):
    _rename_rights(apps, schema_editor, "knock", "ratelimithit", "rate limit hit")


def give_back_the_rights(apps, schema_editor):
    _rename_rights(apps, schema_editor, "ratelimithit", "knock", "knock")


def _rename_rights(apps, schema_editor, old, new, words):
    """`view_knock` becomes `view_ratelimithit`, for whoever has it."""
    rights = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    for verb in ("add", "change", "delete", "view"):
        rights.filter(content_type__app_label="surveys", codename=f"{verb}_{old}").update(
            codename=f"{verb}_{new}", name=f"Can {verb} {words}"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RemoveIndex("knock", "knocks_at_a_door"),
        migrations.RenameModel("Knock", "RateLimitHit"),
        migrations.RenameField("RateLimitHit", "door", "form"),
        migrations.RenameField("RateLimitHit", "who", "client"),
        migrations.AddIndex(
            "RateLimitHit",
            models.Index("form", "client", "at", name="rate_limit_hits_of_a_client"),
        ),
        migrations.RunPython(keep_the_rights, give_back_the_rights),
    ]
