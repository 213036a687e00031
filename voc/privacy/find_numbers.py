"""Finds the numbers of cards and phones, and none of the many others.

A card's number passes Luhn's test and is grouped as on cards. A phone's number has the length and
the groups of its country. What is called an order, a ticket or a member's number, and what counts
money, people or days, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc.privacy.spans import DASH, Span, digits

GAP = rf"(?: ?[{DASH}] ?| )"
NO_DIGIT_BEFORE = rf"(?<!\d)(?<!\d[{DASH}.,/:])"  # does not go on from another number …
NO_DIGIT_AFTER = rf"(?![{DASH}./:]?\d)"  # … nor into one

CARD = re.compile(
    rf"{NO_DIGIT_BEFORE}(?:\d{{4}}{GAP}\d{{4}}{GAP}\d{{4}}{GAP}\d{{4}}(?P<more>{GAP}\d{{1,3}})?"
    rf"|\d{{4}}{GAP}\d{{6}}{GAP}\d{{4,5}}|\d{{13,19}}){NO_DIGIT_AFTER}"
)
# Banks and shops. Not: bar codes of Japanese goods (45…, 49…), serials of phones (35…).
ISSUER = re.compile(r"(?!4[59]\d{11}$)(?!35\d{13}$)(?=2[2-7]|[3-6])\d{13,19}$")

# 03-1234-5678, 020 7946 0958 · (03)1234-5678 · 03(1234)5678 · 090-12345678 · 03.1234.5678
IN_GROUPS = re.compile(
    rf"{NO_DIGIT_BEFORE}(?:0[1-9]\d{{0,3}}{GAP}\d{{1,4}}{GAP}\d{{3,4}}"
    rf"|\(0[1-9]\d{{0,3}}\) ?\d{{1,4}}{GAP}\d{{3,4}}|0[1-9]\d{{0,3}}\(\d{{1,4}}\) ?\d{{3,4}}"
    rf"|0[1-9]\d{{1,3}}{GAP}\d{{6,8}}|0[1-9]\d{{0,2}}\.\d{{3,4}}\.\d{{4}}){NO_DIGIT_AFTER}"
)
HOME_LENGTHS = (10, 11)
# 0312345678, 09012345678
IN_ONE_PIECE = re.compile(rf"{NO_DIGIT_BEFORE}0(?:[5-9]0\d{{8}}|[1-9]\d{{8}}){NO_DIGIT_AFTER}")
# +81 90-1234-5678, +44 (0)20 7946 0958, +819012345678, 0081-3-1234-5678
ABROAD = re.compile(
    rf"(?<![\dA-Za-z+])(?:\+\d{{1,3}}|00[1-9]\d{{0,2}}(?={GAP}))(?:{GAP}?\(0?\d{{0,4}}\))?"
    rf"(?:{GAP}?\d{{1,12}})(?:[{DASH} .]\d{{2,8}}){{0,4}}{NO_DIGIT_AFTER}"
)
# (555) 234-5678, 1-800-234-5678, 555.234.5678
AMERICAN = re.compile(
    rf"{NO_DIGIT_BEFORE}(?:1[{DASH}. ])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[{DASH}.])"
    rf"[2-9]\d\d[{DASH}.]\d{{4}}{NO_DIGIT_AFTER}"
)
# A number that is called one may be short: TEL 1234-5678, call me at 555-1234
CALLED = re.compile(
    r"(?:電話番号|電話|携帯(?:番号)?|連絡先"
    r"|(?<![a-z])(?:tel|fax|(?:phone|mobile|cell)(?: number| no)?)"
    r"|(?<![a-z])(?:call|text|ring|phone) (?:me|us) (?:back )?(?:at|on))"
    rf"[ .:はが]{{0,3}}(?P<number>\d{{2,4}}{GAP}?\d{{3,4}}(?:{GAP}?\d{{1,4}})?)(?![{DASH}.,/:]?\d)",
    re.IGNORECASE,
)

# "注文番号 0312345678", "order no. 0312345678", "#0312345678"
OTHERWISE_CALLED = re.compile(
    r"(?:(?<!電話)(?<!携帯)番号|品番|型番|コード|(?<![a-z])(?:id|no|nos|order|ticket|invoice|case|booking"
    r"|reference|ref|flight|serial|model|code)(?: (?:id|no|number))?|#)[ .:#はが\"「(]{0,4}$",
    re.IGNORECASE,
)
LONGEST_LABEL = 30  # characters; as far back as a number's name can stand
AMOUNT = re.compile(
    r" ?(?:円|¥|ドル|元|%|回|人|件|個|点|ポイント|日|時|分|秒|年|月|km|gb|mb|yen|usd)",
    re.IGNORECASE,
)


def cards(text: str) -> Iterator[Span]:
    for found in CARD.finditer(text):
        start, end = found.span()
        # "4111 1111 1111 1111 123": the last three may be the code on its back.
        for last in (end, found.start("more")):
            if last > start and _is_a_cards(digits(text[start:last])):
                yield start, last
                break


def _is_a_cards(number: str) -> bool:
    return bool(ISSUER.match(number)) and luhn(number)


def luhn(number: str) -> bool:
    """The check digit of ISO/IEC 7812: every second digit from the right counts twice."""
    twice = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(twice) + sum(map(int, number[::-2]))) % 10 == 0


def phones(text: str) -> Iterator[Span]:
    for found in IN_GROUPS.finditer(text):
        if len(digits(found[0])) in HOME_LENGTHS:
            yield found.span()
    for pattern in (IN_ONE_PIECE, ABROAD, AMERICAN):
        for found in pattern.finditer(text):
            if _is_long_enough(found[0]) and not _is_another_number(text, found):
                yield found.span()
    for found in CALLED.finditer(text):
        if not AMOUNT.match(text, found.end()) and len(digits(found["number"])) > 6:
            yield found.span("number")


def _is_long_enough(number: str) -> bool:
    """A phone's number has 9 to 15 digits, country and all (E.164), without leading noughts."""
    return len(digits(number).lstrip("0")) in range(9, 16)


def _is_another_number(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - LONGEST_LABEL) : found.start()]
    return bool(OTHERWISE_CALLED.search(before) or AMOUNT.match(text, found.end()))
