"""The preview of a fix's mails: who gets them, and how they look in each language that is sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext

from lib import languages
from lib.languages import LANGUAGES
from lib.mail.show import show_mail
from reports.fixes import notify
from reports.fixes.ship import Forecast
from reports.models import Fix
from surveys.models import Customer

NAMES_SHOWN = 30
SEE_NAMES = "surveys.view_customer"


def previews(request: HttpRequest, fix: Fix, forecast: Forecast) -> list[dict[str, Any]]:
    """One for each language in which somebody is told; the reader's own comes first."""
    spoken = get_language()
    told = sorted(forecast.by_language.items(), key=lambda each: each[0] != spoken)
    return [
        {
            "mail": notify.preview(fix, language),
            "language": languages.label(language),
            "names": names(request, customers),
            "address": reverse("admin:reports_fix_preview", args=[fix.pk, language]),
        }
        for language, customers in told
    ]


def names(request: HttpRequest, customers: Iterable[Customer]) -> str:
    """The names of customers, for whoever may see them; the address of those without one."""
    if not request.user.has_perm(SEE_NAMES):
        return ""
    known = [str(customer) for customer in customers]
    listed = pgettext("between things listed", ", ").join(known[:NAMES_SHOWN])
    rest = len(known) - NAMES_SHOWN
    return f"{listed} {gettext('and %(n)d more') % {'n': rest}}" if rest > 0 else listed


def mail_page(fix: Fix | None, language: str) -> HttpResponse:
    """The mail's own HTML, for the frame on the page that asks first."""
    if fix is None or language not in LANGUAGES:
        raise Http404("no such mail")
    return show_mail(notify.preview(fix, language).html)
