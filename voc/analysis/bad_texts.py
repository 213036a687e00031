"""Skips a bad text: the log says which feedback it was, and never its words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)


@contextmanager
def skip_bad_text(feedback: int, what: str) -> Iterator[None]:
    """Guard a block: an error in it ends only the block. `what` completes "could not be …"."""
    try:
        yield
    except Exception as error:
        # Its name only: the message may quote what the customer wrote.
        logger.error("feedback %d could not be %s: %s", feedback, what, type(error).__name__)
