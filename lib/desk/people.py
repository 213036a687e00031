"""The names of people who work here: as they are said in the language they are written in."""

from __future__ import annotations

import re

from django.contrib.auth.models import User

KANA_OR_KANJI = re.compile("[ぁ-ヿ㐀-鿿]")


def full_name(user: User) -> str:
    """森 真理子, but Emma Clark; empty when nobody has written the name down."""
    family, given = user.last_name.strip(), user.first_name.strip()
    japanese = KANA_OR_KANJI.search(family + given)
    return " ".join(filter(None, [family, given] if japanese else [given, family]))


def name_of(user: User) -> str:
    return full_name(user) or user.get_username()


def call_people_by_their_names() -> None:
    """Make every page, list and filter say names: Django prints a user as the login name."""
    User.get_full_name = full_name  # type: ignore[method-assign,assignment]
    User.__str__ = name_of  # type: ignore[method-assign,assignment]
