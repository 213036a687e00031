"""Searching a list: by words in its own rows, and in those that they are linked to.

An index knows one table. So of the linked rows those that hold the words are asked for first, and
where they are few, the list's rows are those linked to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
        return _any_of(model, own, links, fields, words) or search.holding_often(fields, words)
    first, others = search.words_of(words)[:MOST_WORDS], search.words_of(words)[MOST_WORDS:]
    every = search.holding_often(fields, " ".join(others))
    for word in first:
        found = _any_of(model, own, links, fields, word)
        if found is None:  # no index helps, so each row is looked at
            return search.holding_often(fields, words)
        every &= found
    return every


def _any_of(
    model: type[Model], own: list[str], links: Iterable[str], fields: Sequence[str], words: str
) -> Q | None:
    """Rows that hold the words themselves, or are linked to one that does; None where too many
    of these do."""
    found = search.holding(own, words) if own else Q(pk__in=[])
    for link in links:
        keys = _linked(model, link, fields, words)
        if len(keys) > MOST_LINKED:
            return None
        found |= Q((f"{link}__in", keys))
    return found


def _link(model: type[Model], field: str) -> str:
    """The relation that a field of another model is reached by."""
    first = field.partition("__")[0]
    return first if "__" in field and model._meta.get_field(first).is_relation else ""


def _linked(model: type[Model], link: str, fields: Sequence[str], words: str) -> list[Any]:
    """The keys of the linked rows that hold the words; one too many where there are more."""
    through = [field for field in fields if field.startswith(f"{link}__")]
    linked: Any = model._meta.get_field(link).related_model
    there = [field.removeprefix(f"{link}__") for field in through]
    found = linked._base_manager.filter(search.holding(there, words))
    return list(found.values_list("pk", flat=True)[: MOST_LINKED + 1])
