"""Message-IDs in headers that anybody may have written."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 280  # characters of one that we keep; in a header of ours none is longer
MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,270}>")


def message_ids_in(values: Iterable[str]) -> list[str]:
    found = [each for value in values for each in MESSAGE_ID.findall(value)]
    return [each for each in found if len(each) <= LONGEST]
