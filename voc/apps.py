from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocConfig(AppConfig):
    name = "voc"
    verbose_name = _("Listen")

    def ready(self) -> None:
        from voc import receivers  # noqa: F401  (connects them)
        from voc.intake import import_kind  # noqa: F401  (registers it)
