"""Ship a fix: say that it is out, and write a notice for everyone who asked for it.

The mails leave later, in their own step: see notify.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from reports.models import Fix, Notice
from surveys.models import Customer
from voc.triage import workflow


class NotShippable(Exception):
    """A move that this fix cannot make. Its words are for staff: they say both states."""


@dataclass(frozen=True)
class Forecast:
    """The customers whom a shipping would tell, and those it could not, though they asked."""

    told: list[Customer]
    unsubscribed: list[Customer]
    nameless: int  # items that came without an address

    @property
    def total(self) -> int:
        return len(self.told)

    @property
    def by_language(self) -> dict[str, list[Customer]]:
        """Those who are told, by the code of the language that they read."""
        found: dict[str, list[Customer]] = {}
        for customer in self.told:
            found.setdefault(customer.language, []).append(customer)
        return found


def forecast(fix: Fix) -> Forecast:
    asked = Customer.objects.filter(pk__in=fix.untold()).order_by("language", "name", "email")
    return Forecast(
        told=list(asked.subscribed()),
        unsubscribed=list(asked.unsubscribed()),
        nameless=fix.feedback.filter(customer=None).count(),
    )


def locked(fix: Fix) -> Fix:
    """The fix, its row locked. Raises NotShippable when it has been withdrawn.

    Two people press at once: the second waits here, and then sees what the first did.
    """
    found = Fix.objects.select_for_update().filter(pk=fix.pk).first()
    if found is None:
        raise NotShippable(_("“%(fix)s” has been withdrawn.") % {"fix": fix})
    return found


@transaction.atomic
def ship(fix: Fix, *, by: User, now: datetime) -> int:
    """Ship it; return how many customers will be told. Raises NotShippable."""
    fix = locked(fix)
    if fix.state == Fix.State.SHIPPED:
        raise NotShippable(
            _("“%(fix)s” was shipped on %(date)s. Only a planned fix can be shipped.")
            % {"fix": fix, "date": _day(fix.shipped_at or now)}
        )
    Fix.objects.filter(pk=fix.pk).update(state=Fix.State.SHIPPED, shipped_at=now)
    return _tell(fix, by, now)


@transaction.atomic
def tell_newcomers(fix: Fix, *, by: User, now: datetime) -> int:
    """Notify those whose words were added after it shipped. Raises NotShippable."""
    fix = locked(fix)
    if fix.state == Fix.State.PLANNED:
        raise NotShippable(
            _("“%(fix)s” is still planned. Those who asked for it are told when it is shipped.")
            % {"fix": fix}
        )
    return _tell(fix, by, now)


def _day(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def _tell(fix: Fix, by: User, now: datetime) -> int:
    notices = [
        Notice(fix=fix, customer_id=customer, feedback_id=words, send_after=now)
        for customer, words in fix.untold().items()
    ]
    workflow.finish(fix.feedback.all(), by=by)
    return len(Notice.objects.bulk_create(notices))
