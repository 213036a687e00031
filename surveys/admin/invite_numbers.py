"""The numbers that whoever invites has seen, and what is different when they press Send."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.invitations.invite import Invited
from surveys.models import Skip


@dataclass(frozen=True)
class Numbers:
    """A forecast, the choice of survey and wave that it is about, and how many were chosen."""

    choice: str
    chosen: int
    forecast: Invited

    def written(self) -> str:
        """For a hidden field of the form; `read` takes it back."""
        skipped = {str(reason): n for reason, n in self.forecast.skipped.items()}
        return json.dumps([self.choice, self.chosen, self.forecast.asked, skipped])

    @classmethod
    def read(cls, written: str) -> Numbers | None:
        """None where the field holds what this page never wrote."""
        try:
            choice, chosen, asked, skipped = json.loads(written)
            counts = Counter({Skip.Reason(reason): int(n) for reason, n in skipped.items()})
            return cls(str(choice), int(chosen), Invited(int(asked), counts))
        except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
            return None


def what_changed(seen: Numbers | None, now: Numbers) -> list[str]:
    """Sentences on what is not as it was shown; none where it is."""
    if seen == now:
        return []
    if seen is None or seen.choice != now.choice:
        return [_("You chose another survey or wave. These are the numbers for it.")]
    return list(_differences(seen, now))


def _differences(seen: Numbers, now: Numbers) -> Iterator[str]:
    more = now.chosen - seen.chosen
    if more > 0:
        message = ngettext(
            "%(n)d customer has come in since.", "%(n)d customers have come in since.", more
        )
        yield message % {"n": more}
    elif more < 0:
        message = ngettext(
            "%(n)d customer is not there any more.",
            "%(n)d customers are not there any more.",
            -more,
        )
        yield message % {"n": -more}
    before, after = seen.forecast.skipped, now.forecast.skipped
    for reason in Skip.Reason:
        yield from _other_skips(reason, after[reason] - before[reason])


def _other_skips(reason: Skip.Reason, more: int) -> Iterator[str]:
    words = {"n": abs(more), "reason": reason.label}
    if more > 0:
        message = ngettext(
            "%(n)d more is skipped by now: %(reason)s",
            "%(n)d more are skipped by now: %(reason)s",
            more,
        )
        yield message % words
    elif more < 0:
        message = ngettext(
            "%(n)d fewer is skipped by now: %(reason)s",
            "%(n)d fewer are skipped by now: %(reason)s",
            -more,
        )
        yield message % words
