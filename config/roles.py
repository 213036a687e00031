"""The roles a site begins with: groups that `migrate` makes where there is none of that name.

From then on a group is the operator's: nothing is added to it or taken away, whatever stands here.
What each role may open: tests/access.tsv. What each is for: docs/permissions.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Group, Permission

# Every row of the desk can be looked at; who works here cannot, nor who exported what.
VIEWER = {
    "surveys": [
        "customer",
        "claimedaddress",
        "survey",
        "wording",
        "invitation",
        "skip",
        "response",
    ],
    "voc": [
        "feedback",
        "case",
        "reply",
        "customermail",
        "replytemplate",
        "caserule",
        "businesscalendar",
        "businesshours",
        "closedday",
        "absence",
        "topic",
        "theme",
        "classifier",
    ],
    "reports": ["fix", "notice"],
}
LOOK = {f"{room}.view_{kind}" for room, kinds in VIEWER.items() for kind in kinds}

# Answer for feedback and cases: take, hand over, correct, dismiss, close, answer by mail, write
# notes; correct or stop a customer's address when they call.
TRIAGE = LOOK | {
    "voc.change_feedback",
    "voc.change_case",
    "voc.add_reply",
    "surveys.change_customer",
    *(f"voc.{what}_absence" for what in ("add", "change", "delete")),
    *(f"voc.{what}_colleague" for what in ("view", "add", "change")),  # their own
}

# Whoever is handed what nobody should have to face alone, and keeps its record.
LEAD = TRIAGE | {"voc.lead_feedback"}

# Ask, and act on what was said: surveys, invitations, topics, themes, classifiers, fixes, notices.
PRODUCT = TRIAGE | {
    "surveys.add_claimedaddress",
    "surveys.add_survey",
    "surveys.change_survey",
    "surveys.change_wording",
    "surveys.add_invitation",
    "surveys.change_response",
    "voc.add_replytemplate",
    "voc.change_replytemplate",
    "voc.add_caserule",
    "voc.change_caserule",
    "voc.add_topic",
    "voc.change_topic",
    "voc.change_theme",
    "voc.change_classifier",
    "reports.add_fix",
    "reports.change_fix",
    "reports.add_notice",
    "voc.add_feedback",  # reviews and tickets, from a table
}

# All of that, and the people: who works here, who may do what, whose words leave the house.
ADMINISTRATOR = PRODUCT | {
    "voc.lead_feedback",
    "surveys.add_customer",
    "surveys.delete_customer",
    "surveys.delete_claimedaddress",
    "surveys.delete_survey",
    "voc.delete_replytemplate",
    "voc.delete_caserule",
    *(f"voc.{what}_alertwebhook" for what in ("view", "add", "change", "delete")),
    "voc.view_alertmail",
    "voc.add_alertmail",  # send one again
    "voc.change_businesscalendar",
    *(
        f"voc.{what}_{kind}"
        for what in ("add", "change", "delete")
        for kind in ("businesshours", "closedday")
    ),
    "voc.view_export",
    *(f"voc.{what}_connector" for what in ("view", "add", "change", "delete")),
    "voc.export_unmasked",
    *(
        f"auth.{what}_{kind}"
        for what in ("view", "add", "change", "delete")
        for kind in ("user", "group")
    ),
}

# Names for people who read either language: a group has one.
ROLES: Mapping[str, Iterable[str]] = {
    "閲覧 / Viewer": LOOK,
    "顧客対応 / Customer support": TRIAGE,
    "リーダー / Lead": LEAD,
    "プロダクト管理 / Product manager": PRODUCT,
    "管理 / Administrator": ADMINISTRATOR,
}


def make_missing_groups(using: str, **_signal: Any) -> None:
    """Receiver of post_migrate, when all permissions are there. Connected in apps.py."""
    there = set(Group.objects.using(using).values_list("name", flat=True))
    for name in (name for name in ROLES if name not in there):
        group = Group.objects.using(using).create(name=name)
        group.permissions.set(_permissions(using, ROLES[name]))


def _permissions(using: str, wanted: Iterable[str]) -> list[Permission]:
    known = Permission.objects.using(using).select_related("content_type")
    return [each for each in known if f"{each.content_type.app_label}.{each.codename}" in wanted]
