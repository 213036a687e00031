"""No page says an English sentence to who reads Japanese, nor sets a space where none belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment
from django.apps import apps
from django.db import connection, models

from tests import make, whole_site
from tests.test_access import Visitor, requests
from tests.whole_site import ROLES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="words are the same with either database"
    ),
]

SENTENCE = re.compile(r"[A-Za-z][a-z’']+(?:[ ,]+[A-Za-z’']{2,})+")
JAPANESE = r"[ぁ-んァ-ヶ一-龠々ー「」（）]"
ODD_SPACE = re.compile(rf"{JAPANESE} +{JAPANESE}")
SPOKEN = ["title", "aria-label", "placeholder", "alt", "data-confirm"]
NOT_READ = ["script", "style", "template"]
# Names that are the same in every language, and what says itself that it is English.
NAMES = [
    "Todoku", "Net Promoter Score", "Net Promoter", "Shift_JIS", "Bain", "Fred Reichheld",
    "NICE Systems", "Company, Inc", "Language", "English", "App Store", "Google Play",
]  # fmt: skip


def written(site: whole_site.Site) -> list[str]:
    """What people wrote into the database, the longest first, and what tests put into forms."""
    found: set[str] = {str(answer) for answer in site.answers.values()}
    for model in apps.get_models():
        fields = [f for f in model._meta.concrete_fields if isinstance(f, TEXTS)]
        for row in model._base_manager.all()[:500]:
            for field in fields:
                found |= set(_strings(field.value_from_object(row)))
    return sorted((text for text in found if len(text) > 2), key=len, reverse=True)


TEXTS = (models.CharField, models.TextField, models.JSONField)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        yield from _strings([*value.keys(), *value.values()])
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def spoken(page: Any) -> Iterator[str]:
    """The texts of a page, and those of its attributes that are read out or shown."""
    if page.streaming or not page.headers.get("Content-Type", "").startswith("text/html"):
        return
    soup = BeautifulSoup(page.content, "html.parser")
    for element in soup.select('[lang="en"]') + soup(NOT_READ):
        element.decompose()
    for element in soup.find_all(True):
        yield from (str(element[name]) for name in SPOKEN if element.get(name))
    yield from (text for text in soup.find_all(string=True) if not isinstance(text, Comment))


def faults(page: Any, known: list[str]) -> Iterator[str]:
    for text in spoken(page):
        words = " ".join(text.split())
        if found_in(words):
            for each in known:
                words = words.replace(each, "…")
            yield from found_in(words)


def found_in(words: str) -> list[str]:
    return SENTENCE.findall(words) + ODD_SPACE.findall(words)


# Who may do everything sees every page that follows on a form, too.
VERBS = {"superuser": ("GET", "POST")}


@pytest.mark.parametrize("role", ["anonymous", "no permission", ROLES[2], "superuser"])
def test_every_page_is_in_japanese_for(role):
    make.default_topics()
    site = whole_site.furnish()
    boss = Visitor("superuser")
    asked = list(requests(site, boss))
    known = [f"as {role}", *written(site), *NAMES]
    visitor = boss if role == "superuser" else Visitor(role)

    found = {
        f"{each.verb} /{each.address}: {fault}"
        for each in asked
        if each.verb.startswith(VERBS.get(role, "GET"))
        for fault in faults(visitor.ask(each)[1], known)
    }

    assert sorted(found) == []
