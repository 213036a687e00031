"""Sentences that tell staff beforehand what shipping or withdrawing a fix will do."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lib import languages
from reports.fixes.ship import Forecast
from reports.fixes.withdraw import asked_nowhere_else
from reports.models import Fix


def of_telling(fix: Fix, forecast: Forecast) -> list[str]:
    public = _("It will stand on the public page “You said, we did”.")
    inside = _("It will not stand on the public page.")
    return [
        _customers_told(forecast),
        *_customers_not_told(forecast),
        public if fix.public else inside,
    ]


def _customers_told(forecast: Forecast) -> str:
    n = forecast.total
    if not n:
        return format_html("<strong>{}</strong>", _("Nobody can be told by mail."))
    will_get = ngettext("%(n)s customer will get a mail:", "%(n)s customers will get a mail:", n)
    by_language = (
        f"{languages.label(language)} {len(customers)}"
        for language, customers in forecast.by_language.items()
    )
    listed = pgettext("between things listed", ", ").join(by_language)
    return format_html("<strong>{}</strong> {}", will_get % {"n": n}, listed)


def _customers_not_told(forecast: Forecast) -> Iterator[str]:
    if n := len(forecast.unsubscribed):
        yield ngettext(
            "%(n)s customer wants no mail from us and will be skipped.",
            "%(n)s customers want no mail from us and will be skipped.",
            n,
        ) % {"n": n}
    if n := forecast.nameless:
        yield ngettext(
            "%(n)s item came without an address, or with one that nobody confirmed.",
            "%(n)s items came without an address, or with one that nobody confirmed.",
            n,
        ) % {"n": n}


def of_withdrawing(fix: Fix) -> list[str]:
    gone = _("This fix will be gone, as if it had never been planned. Nobody is told.")
    n = asked_nowhere_else(fix).count()
    waits = ngettext(
        "%(n)s item that asked for it waits again: with its owner, or among the new ones.",
        "%(n)s items that asked for it wait again: with their owners, or among the new ones.",
        n,
    )
    return [gone, waits % {"n": n}] if n else [gone]
