"""A bad text does not stop the rest: the log says which feedback it was, and never its words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)


@contextmanager
def survived(feedback: int, what: str) -> Iterator[None]:
    """An error in the block ends only the block. It is logged that this could not be "read"."""
    try:
        yield
    except Exception as error:
        # Its name only: the message may quote what the customer wrote.
        logger.error("feedback %d could not be %s: %s", feedback, what, type(error).__name__)
