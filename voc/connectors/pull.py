"""Pull what connectors are due for: each page is committed together with the cursor behind it.

So a worker that is killed costs the next one a page, no row is lost, and none is there twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from lib.batches import run_batches
from lib.claims import LEASE
from lib.outside.public import Unreachable
from voc.connectors.kinds import KINDS
from voc.connectors.kinds.mailbox import shown
from voc.connectors.page import Page, Site, not_expected
from voc.connectors.rows import incomings_of
from voc.intake.capture import capture_all
from voc.intake.incoming import Captured, Incoming
from voc.intake.whose import linked
from voc.models import Connector
from voc.models.connectors import LONGEST_ERROR
from voc.replies.receive import receive

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)

SHOWN = 10  # items of a trial
LONGEST_SHOWN = 200  # characters of one
AFTER_A_FAULT = timedelta(minutes=5)  # at least, before it is asked again


class ClaimIsLost(Exception):
    """Another worker has taken it over, or somebody has deleted it."""


def pull_next(clock: Clock) -> int | None:
    """Pull from the connector that waits longest, for a time slice; return how much came.

    None when none waits.
    """
    claimed = Connector.objects.claim(clock())
    if claimed is None:
        return None
    with translation.override(claimed.language):
        try:
            return Pull(claimed, clock).run()
        except ClaimIsLost:
            return 0


class Pull:
    """A worker's run through a connector it has claimed. Raises ClaimIsLost once it has not."""

    def __init__(self, claimed: Connector, clock: Clock) -> None:
        self.claimed = claimed
        self.clock = clock
        self.kind = KINDS[claimed.kind]
        self.has_ended = False

    def run(self) -> int:
        if self.claimed.trial_asked_at:
            self._try()
            return 0
        if self.claimed.begun_at is None:
            self._write(begun_at=self.clock(), new=0, changed=0, unchanged=0)
        try:
            came = run_batches(self._next_page)
        except Unreachable as fault:
            self._fail(fault)
            return 0
        if not self.has_ended:
            self._write(claimed_until=None, attempts=0)
        return came

    def _next_page(self) -> int:
        """Fetch and store the next page; 0 when there are no more."""
        if self.has_ended:
            return 0
        page = self._fetch()
        return self._store(page) + 1

    def _fetch(self) -> Page:
        try:
            return self.kind.next_page(self._site(), self.claimed.cursor)
        except (LookupError, TypeError, AttributeError, ValueError):
            logger.exception("what connector %d was answered is not understood", self.claimed.pk)
            raise Unreachable(not_expected()) from None

    def _site(self) -> Site:
        claimed, secret = self.claimed, self.claimed.secret
        if secret is None:
            raise Unreachable(
                _(
                    "The secret cannot be read any more, because SECRET_KEY has changed. Please "
                    "enter it again."
                )
            )
        return Site(claimed.address, claimed.account, secret, claimed.since, self._write)

    @transaction.atomic
    def _store(self, page: Page) -> int:
        """Keep what came and move on, all at once."""
        incomings, refused = self._incomings(page)
        captured = self._capture(incomings)
        for mail in page.mails:
            receive(mail, self.clock())
        self._move_on(captured + Captured(new=len(page.mails)), page, refused)
        return captured.total + len(page.mails)

    def _incomings(self, page: Page) -> tuple[list[Incoming], str]:
        source = self.kind.source
        if source is None:
            return [], ""
        return incomings_of(page.items, source, form=self.kind.date_form, now=self.clock())

    def _capture(self, incomings: list[Incoming]) -> Captured:
        source = self.kind.source
        if source is None or not incomings:
            return Captured()
        return sum(capture_all(linked(incomings), channel=source.channel), Captured())

    def _move_on(self, captured: Captured, page: Page, remark: str) -> None:
        claimed, now = self.claimed, self.clock()
        told = {"error": remark[:LONGEST_ERROR], "failed_at": now if remark else None}
        ending = {
            "begun_at": None,
            "ended_at": now,
            "due_at": now + claimed.pause,
            "claimed_until": None,
            "trial": None,  # customers' words that are kept elsewhere by now
        }
        self._write(
            cursor=dict(page.cursor),
            attempts=0,
            new=claimed.new + captured.new,
            changed=claimed.changed + captured.changed,
            unchanged=claimed.unchanged + captured.unchanged,
            **(told if remark or page.is_last else {}),
            **(ending if page.is_last else {}),
        )
        self.has_ended = page.is_last

    def _fail(self, fault: Unreachable) -> None:
        """Say why, and ask again: when the other side wishes, else after the usual pause."""
        now, pause = self.clock(), self.claimed.pause
        after = timedelta(seconds=fault.after) if fault.after is not None else pause
        self._write(
            error=str(fault)[:LONGEST_ERROR],
            failed_at=now,
            begun_at=None,
            due_at=now + (after if fault.after is not None else max(after, AFTER_A_FAULT)),
            attempts=0,
            claimed_until=None,
        )

    def _try(self) -> None:
        """Fetch a page, and keep only what it would bring."""
        try:
            page = self._fetch()
            incomings, refused = self._incomings(page)
            found = [each.text for each in incomings] + [shown(mail) for mail in page.mails]
            trial = {"found": [one[:LONGEST_SHOWN] for one in found[:SHOWN]], "n": len(found),
                     "error": refused, "more": not page.is_last}  # fmt: skip
        except Unreachable as fault:
            trial = {"found": [], "n": 0, "error": str(fault), "more": False}
        self._write(trial=trial, trial_asked_at=None, attempts=0, claimed_until=None)

    def _write(self, **values: Any) -> None:
        """Write to the row while it is ours, and hold it longer.

        Conditional, so that who comes too late takes back all that it wrote in the transaction.
        """
        values = {"claimed_until": self.clock() + LEASE, **values}
        mine = Connector.objects.filter(
            pk=self.claimed.pk, claimed_until=self.claimed.claimed_until
        )
        if not mine.update(**values):
            raise ClaimIsLost
        for name, value in values.items():
            setattr(self.claimed, name, value)
