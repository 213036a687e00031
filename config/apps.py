from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import checks, roles  # noqa: F401  (checks registers them)

        last = list(apps.get_app_configs())[-1]  # when it is done, every permission is there
        post_migrate.connect(roles.make_missing_groups, sender=last)
