"""Template filter {{ name|harmless }}: what others wrote, without what becomes a link."""

from __future__ import annotations

from django import template

from lib import links

register = template.Library()


@register.filter
def harmless(text: object) -> str:
    return links.harmless(str(text))
