"""The addresses and Message-IDs that we make: by them a customer's answer finds its case.

Both are signed, so nobody who has not had our mail can name one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.conf import settings

from lib import tokens
from voc.models import Case

TOKEN = r"[0-9]{1,18}\.[a-z2-7]{39}"
SIGNED_ADDRESS = re.compile(rf"reply\+({TOKEN})@", re.IGNORECASE | re.ASCII)
SIGNED_KEY = re.compile(rf"reply-({TOKEN})@", re.IGNORECASE | re.ASCII)


def reply_to(case: Case | int) -> str:
    """The address that answers in this case come to; empty where no domain takes them."""
    if not settings.REPLY_DOMAIN:
        return ""
    number = case if isinstance(case, int) else case.pk
    return f"reply+{tokens.make_for_address('reply', number)}@{settings.REPLY_DOMAIN}"


def key(reply: int) -> str:
    """The part of the Message-ID before the @, the same at every attempt."""
    return f"reply-{tokens.make_for_address('replied', reply)}"


def message_id(reply: int) -> str:
    return f"<{key(reply)}@{settings.SITE_HOST}>"


def cases_named(texts: Iterable[str]) -> list[int]:
    """The cases whose addresses stand in these headers."""
    return list(_read("reply", SIGNED_ADDRESS, texts))


def replies_named(texts: Iterable[str]) -> list[int]:
    """The replies whose Message-IDs stand in these texts, the last first: that one is answered."""
    return list(_read("replied", SIGNED_KEY, texts))[::-1]


def _read(purpose: str, pattern: re.Pattern[str], texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        for token in pattern.findall(text):
            number = tokens.read_from_address(purpose, token)
            if number is not None:
                yield number
