"""Template filter {{ text|phrases }}: Japanese that breaks between phrases, never inside one."""

from __future__ import annotations

import re

import budoux
from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

KANA_OR_KANJI = re.compile("[ぁ-ヿ㐀-鿿]")
_parser = budoux.load_default_japanese_parser()


@register.filter
def phrases(text: object) -> SafeString:
    """HTML of the text, with <wbr> between phrases; without Japanese it is only escaped."""
    words = str(text)
    if not KANA_OR_KANJI.search(words):
        return conditional_escape(words)
    marked = format_html_join(
        mark_safe("<wbr>"), "{}", ([phrase] for phrase in _parser.parse(words))
    )
    return format_html('<span class="phrases">{}</span>', marked)
