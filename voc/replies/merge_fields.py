"""Merge fields: what stands in braces in a template, filled in for one customer.

A field for which there is nothing gets a word that fits in any sentence; a field that we do not
know stays as it is. Either is said in a sentence, and nothing ever fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.utils import translation
from django.utils.translation import gettext

from lib import company, links
from lib.desk.people import full_name
from lib.text import kindly
from voc.models import Case, Feedback

# 様 belongs to a name and to no word that stands in its place: 「お客様様」.
IN_BRACES = re.compile(r"([{｛]\s*([A-Za-z_]{1,40})\s*[}｝])([ \u3000]?様)?")
NO_BRACES = str.maketrans("{}｛｝", "()（）")
LONGEST_WORDS = 200  # of the customer, in a sentence of ours


@dataclass(frozen=True)
class Fields:
    """What is known for a case and who answers; empty where nothing is."""

    values: Mapping[str, str]
    fallbacks: Mapping[str, str]


@dataclass
class Filled:
    text: str
    remarks: list[str] = field(default_factory=list)


NAMES = ("name", "company", "their_words", "agent")


def fields_for(case: Case, *, by: User, said: Feedback | None, language: str) -> Fields:
    customer = case.customer
    values = {
        "name": _quoted(customer.name) if customer else "",
        "company": company.name(language),
        "their_words": kindly(_quoted(said.own_words), LONGEST_WORDS) if said else "",
        "agent": full_name(by),
    }
    return Fields(values, _fallbacks(language))


def fill(text: str, fields: Fields) -> Filled:
    """The text with every field filled in, and what there is to say about it."""
    filled = Filled("")

    def put(found: re.Match[str]) -> str:
        word, remark = _word(found, fields)
        if remark and remark not in filled.remarks:
            filled.remarks.append(remark)
        return word

    filled.text = IN_BRACES.sub(put, text)
    return filled


def unknown_in(text: str) -> list[str]:
    """The fields in a text that nothing can be put in for, as they are written."""
    return [found[1] for found in IN_BRACES.finditer(text) if found[2].lower() not in NAMES]


def said_of_unknown(names: list[str]) -> str:
    return gettext(
        "%(unknown)s is no field we know. The fields are %(known)s. Please correct it or take it "
        "out."
    ) % {"unknown": ", ".join(dict.fromkeys(names)), "known": _all_names()}


def _quoted(words: str) -> str:
    """What a customer wrote, without links and without fields that we would fill in."""
    return links.harmless(words).translate(NO_BRACES)


def _word(found: re.Match[str], fields: Fields) -> tuple[str, str]:
    name, title = found[2].lower(), found[3] or ""
    if name not in fields.values:
        return found[0], said_of_unknown([found[1]])
    if value := fields.values[name]:
        return f"{value}{title}", ""
    fallback = fields.fallbacks[name]
    remark = gettext("Nothing is known for {%(name)s}; “%(fallback)s” stands in its place.")
    return fallback, remark % {"name": name, "fallback": fallback}


def _fallbacks(language: str) -> dict[str, str]:
    said: dict[str, Callable[[], str]] = {
        "name": lambda: gettext("dear customer"),
        "company": lambda: company.name(language),
        "their_words": lambda: gettext("what you told us"),
        "agent": lambda: company.name(language),
    }
    with translation.override(language):
        return {name: say() for name, say in said.items()}


def _all_names() -> str:
    return ", ".join(f"{{{name}}}" for name in NAMES)
