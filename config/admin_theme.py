"""The theme and the sidebar of the admin: django-unfold in Todoku's ink and paper."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

# Unfold's palette, in shades that mean one thing each: 900 and 950 are its ground by night.
PAPER_TO_INK = {
    "50": "#fbfaf7",
    "100": "#f3f1ec",
    "200": "#e4e1d9",
    "300": "#cfccc4",
    "400": "#a3a9b4",
    "500": "#5b6472",
    "600": "#454d5a",
    "700": "#343b46",
    "800": "#2a2e35",
    "900": "#1e2126",
    "950": "#16181c",
}
# The accent by day and by night, as static/css/desk.css has it, pale behind words and full in them.
PALE, FULL = "var(--accent-pale)", "var(--ink-accent)"
ACCENT = {
    **dict.fromkeys(["50", "100", "200"], PALE),
    **dict.fromkeys(["300", "400", "500", "600", "700", "800", "900", "950"], FULL),
}
INK = {
    "subtle-light": "var(--ink-soft)",
    "subtle-dark": "var(--ink-soft)",
    "default-light": "var(--ink)",
    "default-dark": "var(--ink)",
    "important-light": "var(--ink)",
    "important-dark": "var(--ink)",
}


def _item(title: Any, icon: str, link: str, model: str = "") -> dict[str, Any]:
    item = {"title": title, "icon": icon, "link": reverse_lazy(link)}
    if model:
        app, name = model.split(".")
        item["permission"] = lambda request: request.user.has_perm(f"{app}.view_{name}")
    return item


def _page(title: Any, icon: str, link: str, model: str = "") -> dict[str, Any]:
    """A link lit up on its own page only: /admin/reports/… has its address in it, and is not it."""
    item = _item(title, icon, link, model)
    return {**item, "active": lambda request: request.path == item["link"]}


def _list(title: Any, icon: str, model: str) -> dict[str, Any]:
    return _item(title, icon, f"admin:{model.replace('.', '_')}_changelist", model)


WAITING = [_page(_("What waits"), "inbox", "admin:index")]
ASK = [
    _list(_("Customers"), "group", "surveys.customer"),
    _list(_("Surveys"), "quiz", "surveys.survey"),
    _list(_("Invitations"), "outgoing_mail", "surveys.invitation"),
    _list(_("Not asked"), "do_not_disturb_on", "surveys.skip"),
    _list(_("Responses"), "how_to_reg", "surveys.response"),
    _list(_("Addresses to confirm"), "mark_email_unread", "surveys.claimedaddress"),
]
LISTEN = [
    _list(_("Feedback"), "forum", "voc.feedback"),
    _list(_("Topics"), "sell", "voc.topic"),
    _list(_("Emerging themes"), "trending_up", "voc.theme"),
    _list(_("Classifiers"), "school", "voc.classifier"),
]
ACT_AND_TELL = [
    _list(_("Fixes"), "build", "reports.fix"),
    _list(_("Notices"), "forward_to_inbox", "reports.notice"),
    _page(_("Reports"), "monitoring", "reports:nps", "surveys.response"),
    _page(_("You said, we did"), "handshake", "reports:you_said"),
]
IMPORTS = {
    **_list(_("Imports"), "upload_file", "surveys.import"),
    "permission": "surveys.imports.kinds.may_see_imports",
}
EXPORTS = {
    **_list(_("Exports"), "download", "voc.export"),
    "permission": "voc.admin.exports.may_see_exports",
}
PEOPLE = [
    _list(_("Staff"), "badge", "auth.user"),
    _list(_("Groups"), "groups", "auth.group"),
    IMPORTS,
    EXPORTS,
]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Todoku",
    "SITE_HEADER": "Todoku",
    "SITE_SUBHEADER": _("Voices arrive here"),
    "SITE_URL": reverse_lazy("reports:you_said"),
    "SITE_SYMBOL": "mark_email_read",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("css/seal.svg")}
    ],
    "SHOW_LANGUAGES": True,
    "DASHBOARD_CALLBACK": "reports.admin.home.first_page",
    "STYLES": [
        lambda request: static("css/desk.css"),
        lambda request: static("css/frame.css"),
        lambda request: static("css/imports.css"),
    ],
    "SCRIPTS": [lambda request: static("js/desk.js")],
    "BORDER_RADIUS": "10px",
    "COLORS": {"base": PAPER_TO_INK, "primary": ACCENT, "font": INK},
    "SIDEBAR": {
        "show_search": False,
        "navigation": [
            {"items": WAITING},
            {"title": _("Ask"), "items": ASK},
            {"title": _("Listen"), "items": LISTEN},
            {"title": _("Act and tell"), "items": ACT_AND_TELL},
            {"title": _("Who works here"), "items": PEOPLE, "separator": True},
        ],
    },
}
