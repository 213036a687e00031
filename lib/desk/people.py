"""The names of people who work here: as they are said in the language they are written in."""

from __future__ import annotations

import re

from django.contrib.auth.models import User

# Half-width katakana and the kanji of old code pages too: ﾔﾏﾀﾞ ｹﾝ, 﨑.
KANA_OR_KANJI = re.compile("[々ぁ-ヿ㐀-鿿豈-\ufaffｦ-ﾟ\U00020000-\U0003134f]")


def joined(family: str, given: str) -> str:
    """A whole name of its two parts, in the order of the letters that it is written in."""
    japanese = KANA_OR_KANJI.search(family + given)
    return " ".join(filter(None, [family, given] if japanese else [given, family]))


def full_name(user: User) -> str:
    """森 真理子, but Emma Clark; empty when nobody has written the name down."""
    return joined(user.last_name.strip(), user.first_name.strip())


def name_of(user: User) -> str:
    return full_name(user) or user.get_username()


def call_people_by_their_names() -> None:
    """Make every page, list and filter say names: Django prints a user as the login name."""
    User.get_full_name = full_name  # type: ignore[method-assign,assignment]
    User.__str__ = name_of  # type: ignore[method-assign,assignment]
