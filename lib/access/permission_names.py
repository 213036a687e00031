"""Names of permissions in the reader's language; the database has them as Django made them."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACTS = {"add": _("add"), "change": _("change"), "delete": _("delete"), "view": _("view")}


def name(permission: Permission) -> str:
    """“customer: view”; a permission that is not about rows says by itself what it allows."""
    act, _of, model = permission.codename.partition("_")
    kind = permission.content_type
    if act not in ACTS or model != kind.model:
        return gettext(permission.name)
    return gettext("%(rows)s: %(act)s") % {"rows": kind.name, "act": ACTS[act]}
