"""Bot detection: is this post a person's? Mail scanners follow links, run scripts, press buttons.

No Django in here: hand it what the form said, get a verdict.

The page's script notes the first trusted pointer, touch or key. A post with that sign is a
person's. Without scripts there is no such sign, so the same words are shown again for one more
press, and a press that a person had the time to make is believed. A browser that runs our script
and still shows no sign is a robot, however often it presses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

TIME_TO_READ = timedelta(seconds=2)
BURST = timedelta(seconds=10)
SCORES_OF_A_SCAN = 3  # different ones for one link within a burst


@dataclass(frozen=True)
class HumanSigns:
    """The signs of a human that came with a post."""

    touched: bool = False  # a trusted pointer, touch or key event was seen
    scripted: bool = False  # the page's script ran
    asked_again_at: datetime | None = None  # when the page with "one more press" was made

    def are_human(self, now: datetime) -> bool:
        if self.touched:
            return True
        if self.scripted or self.asked_again_at is None:
            return False
        return now - self.asked_again_at >= TIME_TO_READ


def is_a_scan(scores: list[tuple[datetime, int]], now: datetime) -> bool:
    """True for several scores of one link within seconds: nobody changes their mind that fast."""
    return len({score for at, score in scores if now - at < BURST}) >= SCORES_OF_A_SCAN


PERSON = HumanSigns(touched=True)
