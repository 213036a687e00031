"""Mails to the people here about cases: composed when they leave, in the language of each.

They say what there is to do and lead to the desk; what a customer said stands there, not in a mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from lib import addresses, company, languages
from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver, headers
from lib.mail.message import Mail
from lib.mail.outbox import OutboxMail
from voc.models import AlertMail, CaseAlert


class Alerted(NamedTuple):
    """What a mail is made of."""

    pk: int
    attempts: int
    email: str
    is_active: bool
    is_digest: bool
    language: str | None

    @classmethod
    def query(cls) -> QuerySet[Any, Any]:
        told = AlertMail.objects.annotate(
            email=F("to__email"),
            is_active=F("to__is_active"),
            language=F("to__colleague__language"),
        )
        return told.values_list(*cls._fields)


@dataclass(frozen=True)
class Line:
    what: str
    number: str
    link: str
    due: Any
    words: str


def send_due_alerts(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    AlertMail.objects.settle_lost(timezone.now())
    return run_batches(_send_batch, seconds=seconds)


def _send_batch() -> int:
    return deliver.deliver_due(
        AlertMail.objects.all(),
        query=Alerted.query(),
        facts=Alerted,
        compose=compose_alert,
        why_not=_why_not,
    )


def _why_not(told: Alerted) -> str:
    is_there = told.is_active and bool(told.email)
    return "" if is_there else OutboxMail.Why.NO_RECIPIENT


def compose_alert(told: Alerted) -> Mail:
    language = told.language or languages.DEFAULT
    with translation.override(language):
        context = _context(told, language)
        subject, text, html = (
            render_to_string(f"emails/case_alert/{part}", context)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    mail = Mail(
        subject=headers.one_line(subject),
        body=text,
        from_email=headers.sender(company.name(language), settings.MAIL_FROM),
        to=[addresses.for_mail(told.email)],
        headers={
            "Content-Language": language,
            "Message-ID": f"<case-alert-{told.pk}@{settings.SITE_HOST}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _context(told: Alerted, language: str) -> dict[str, Any]:
    alerts = CaseAlert.objects.filter(mail=told.pk).select_related("case")
    lines = [_line(alert) for alert in alerts]
    return {
        "lines": lines,
        "first": lines[0] if lines else None,
        "n": len(lines),
        "is_digest": told.is_digest,
        "settings_link": settings.SITE_URL + reverse("admin:voc_colleague_changelist"),
    }


def _line(alert: CaseAlert) -> Line:
    page = reverse("admin:voc_case_change", args=[alert.case_id])
    return Line(
        alert.get_kind_display(),
        str(alert.case),
        f"{settings.SITE_URL}{page}",
        alert.case.due_at,
        alert.words,
    )
