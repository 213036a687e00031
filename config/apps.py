from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import checks, roles  # noqa: F401  (checks registers them)

        # When the last one is done, every permission is there. Those without models have no turn.
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(roles.make_missing_groups, sender=last)
