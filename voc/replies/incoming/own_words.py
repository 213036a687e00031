"""What the writer of a mail says themselves: without the mail they answer and their signature."""

from __future__ import annotations

import re

from mailparser_reply.parser import EmailMessage

from voc.nlp.quoted_mail import without_quotes

LONGEST_PARSED = 20_000  # characters; the library takes too long for more
LONGEST_LINE = 1_000
MANY_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+\n")
# What phones add, and the ruled block with name and address that Japanese mails end in.
SENT_FROM = re.compile(
    r"^\s*(?:(?:iphone|ipad|android|スマートフォン|携帯|xperia|galaxy)\s?から送信"
    r"|outlook for (?:ios|android) (?:を入手|から送信)|sent from .{1,60}|get outlook for .{1,60})"
    r"\W*(?:<[^>]*>)?\s*$",
    re.IGNORECASE,
)
RULE = re.compile(r"^\s*([-─━―=＝*＊_＿~〜・‐－☆★◇◆□■])(?:\s?\1|[-─━―=＝*＊_]){5,}\s*$")
LINES_OF_A_SIGNATURE = 12


def own_words(text: str) -> str:
    """The writer's words; the whole text where nothing else would be left."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    unquoted = MANY_BLANK_LINES.sub("\n\n", without_quotes(text)).strip()
    own = _without_signature(_parsed(unquoted)).strip()
    return own or unquoted or text


def _parsed(text: str) -> str:
    """Without signature, disclaimers and further quotes, as the library finds them."""
    if len(text) > LONGEST_PARSED or max(map(len, text.split("\n"))) > LONGEST_LINE:
        return text
    mail = EmailMessage(text=text, languages=["ja", "en"], keep_hyphen_lists=True).read()
    return str(mail.replies[0].body) if mail.replies else text


def _without_signature(text: str) -> str:
    lines = text.split("\n")
    end = len(lines)
    for place in range(len(lines) - 1, max(-1, len(lines) - 1 - LINES_OF_A_SIGNATURE), -1):
        if RULE.match(lines[place]) or SENT_FROM.match(lines[place]):
            end = place
    return "\n".join(lines[:end])
