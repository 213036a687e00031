"""How the triage desk looks: django-unfold in Todoku's ink and paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Todoku",
    "SITE_HEADER": "Todoku",
    "SITE_SUBHEADER": _("Their voice arrives here"),
}
