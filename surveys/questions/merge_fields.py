"""Merge fields: places in a text for a customer's data, which no wording has yet.

Whoever comes from another tool writes {name} into a question, and every customer would read it so.
No Django in here.
"""

from __future__ import annotations

import re
from unicodedata import normalize

NAME = r"[^\W\d][\w .\-|:'\"]{0,60}"
SAID_OF_A_CUSTOMER = (
    "(?:(?:customer|first|last|full|given|family|sur|company|user|contact)?[ _-]?name|e-?mail"
    "(?:[ _-]address)?|company|customer|氏名|お?名前|姓|名|会社名?|お客様名|顧客名|メールアドレス)"
)
MERGE_FIELD = re.compile(
    r"\$?\{+[^{}\n]{0,60}\}+"  # {name} {{ customer.name }} {% name %} ${name}
    rf"|%\({NAME}\)[sd]"  # %(name)s
    rf"|<<\s*{NAME}>>|\[\[\s*{NAME}\]\]|##\s*{NAME}##|\*\|\s*{NAME}\|\*"  # *|FNAME|*
    r"|%[A-Z][A-Z_]{2,40}%"  # %FIRSTNAME%
    rf"|[\[<【〔]\s*{SAID_OF_A_CUSTOMER}\s*[\]>】〕]",  # [name] 【お名前】
    re.IGNORECASE,
)


def merge_field_in(text: str) -> str:
    """The first merge field in the text, as it was typed in narrow letters; "" without one."""
    found = MERGE_FIELD.search(normalize("NFKC", text))
    return found[0] if found else ""
