"""Searching a list: by words in its own rows, and in those that they are linked to.

An index knows one table. So of the linked rows those that hold the words are asked for first, and
where they are few, the list's rows are those linked to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, Q

from lib import search

MOST_LINKED = 1_000  # linked rows to ask for; more hold the words than any index helps with
MOST_WORDS = 5  # that linked rows are asked for one by one


def holding(model: type[Model], fields: Sequence[str], words: str) -> Q:
    """True of rows of the model that hold each of the words in one of the fields."""
    own = [field for field in fields if not _link(model, field)]
    links = dict.fromkeys(filter(None, (_link(model, field) for field in fields)))
    if not links or not words.strip():
        return search.holding(own, words)
    if not own and len(links) == 1:
        return _linked(model, next(iter(links)), fields, words)
    first, others = search.words_of(words)[:MOST_WORDS], search.words_of(words)[MOST_WORDS:]
    every = search.holding(fields, " ".join(others))
    for word in first:
        found = search.holding(own, word) if own else Q(pk__in=[])
        for link in links:
            found |= _linked(model, link, fields, word)
        every &= found
    return every


def _link(model: type[Model], field: str) -> str:
    """The relation that a field of another model is reached by."""
    first = field.partition("__")[0]
    return first if "__" in field and model._meta.get_field(first).is_relation else ""


def _linked(model: type[Model], link: str, fields: Sequence[str], words: str) -> Q:
    through = [field for field in fields if field.startswith(f"{link}__")]
    linked: Any = model._meta.get_field(link).related_model
    there = [field.removeprefix(f"{link}__") for field in through]
    found = linked._base_manager.filter(search.holding(there, words))
    keys = list(found.values_list("pk", flat=True)[: MOST_LINKED + 1])
    if len(keys) > MOST_LINKED:
        return search.holding_often(through, words)
    return Q((f"{link}__in", keys))
