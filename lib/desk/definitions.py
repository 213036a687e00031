"""Values as they came, for people to read: names with what they hold, and no JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lib.text import visible

DEEPEST = 6  # lists within lists that a reader can follow


def definition_list(values: Mapping[Any, Any], *, deep: int = 0) -> SafeString:
    """HTML of names with values; what holds values of its own becomes a list within."""
    rows = ((visible(str(name)), _shown(value, deep + 1)) for name, value in values.items())
    listed = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows)
    return format_html('<dl class="desk-values">{}</dl>', listed)


def _shown(value: Any, deep: int) -> SafeString | str:
    if not has_parts(value):
        return in_words(value)
    parts = value if isinstance(value, Mapping) else dict(enumerate(value, start=1))
    return definition_list(parts, deep=deep) if parts and deep < DEEPEST else "…" if parts else "–"


def has_parts(value: Any) -> bool:
    return isinstance(value, Mapping | list)


def in_words(value: Any) -> str:
    """A value without parts: yes and no are words, a text stands as it is, nothing is a dash."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None or value == "":
        return "–"
    return visible(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A number as JSON has it; one of too many digits to be written is only hinted at."""
    try:
        return json.dumps(value)
    except ValueError:
        return "…"
