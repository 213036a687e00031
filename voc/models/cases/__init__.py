# ruff: noqa: I001
"""Cases, and all by which they open, find their owner and become due: read them in this order."""

from voc.models.cases.colleagues import Absence, AbsenceQuerySet, Colleague
from voc.models.cases.business_calendar import BusinessCalendar, BusinessHours, ClosedDay
from voc.models.cases.rules import CaseRule, CaseRuleQuerySet
from voc.models.cases.case import Case, CaseActivity, CaseNote, CaseQuerySet
from voc.models.cases.alerts import AlertMail, AlertWebhook, CaseAlert, WebhookPost

__all__ = [
    "Absence",
    "AbsenceQuerySet",
    "AlertMail",
    "AlertWebhook",
    "BusinessCalendar",
    "BusinessHours",
    "Case",
    "CaseActivity",
    "CaseAlert",
    "CaseNote",
    "CaseQuerySet",
    "CaseRule",
    "CaseRuleQuerySet",
    "ClosedDay",
    "Colleague",
    "WebhookPost",
]
