"""Where a page of a list begins: after the key of a row, and not at the so-many-th row.

The key is what the row has in each term of the list's order. The rows after it are as quickly found
on the thousandth page as on the first, and none is shown twice or left out when others come in.
What has no value in a term comes last, on every database.

A list is read in pieces, one after the other until the page is full; each is one range of an index.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, F, Func, OrderBy, Q, QuerySet, Value
from django.utils import timezone

LONGEST_KEY = 2_000  # characters of an address; longer keys are nobody's

Key = Sequence[Any]


class NoSuchKey(ValueError):
    """The key is of another list, or of none."""


@dataclass(frozen=True)
class Term:
    """A term of an order. `link` is the relation that it leads through, if it does."""

    path: str
    is_descending: bool
    is_nullable: bool
    field: Any
    link: str = ""

    def of(self, row: Any) -> Any:
        value = row
        for step in self.path.split("__"):
            value = getattr(value, step, None)
        return value

    def ordered(self, backwards: bool) -> OrderBy:
        """The term of ORDER BY; a row without a value comes last, backwards first."""
        falls = self.is_descending != backwards
        if not self.is_nullable:
            return OrderBy(F(self.path), descending=falls)
        first, last = (True, None) if backwards else (None, True)
        return OrderBy(F(self.path), descending=falls, nulls_first=first, nulls_last=last)

    def read(self, written: object) -> Any:
        """The value that stands in a key; raises, whatever it is, what the field cannot have."""
        if written is None and self.is_nullable:
            return None
        value = self.field.to_python(written) if isinstance(written, str) else None
        if value is None or (isinstance(value, str) and "\0" in value):
            raise NoSuchKey(self.path)
        if isinstance(self.field, models.IntegerField):
            self.field.run_validators(value)  # as big as the database has room for
        if isinstance(self.field, models.DateTimeField) and timezone.is_naive(value):
            raise NoSuchKey(self.path)
        return value


@dataclass(frozen=True)
class Order:
    """The terms by which a list is ordered; together they tell every row from every other."""

    terms: tuple[Term, ...]

    def key_of(self, row: Any) -> str:
        """The row's key, as it stands in an address."""
        values = [None if (value := term.of(row)) is None else str(value) for term in self.terms]
        return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")

    def read(self, written: str) -> Key:
        """The key that stands in an address; raises NoSuchKey."""
        try:
            values = json.loads(urlsafe_b64decode(written[:LONGEST_KEY].encode() + b"==="))
            if not isinstance(values, list):
                raise NoSuchKey(written)
            return [term.read(value) for term, value in zip(self.terms, values, strict=True)]
        except (ValueError, TypeError, OverflowError, RecursionError, ValidationError) as bad:
            raise NoSuchKey(written) from bad

    def rows(
        self, found: QuerySet[Any], most: int, *, key: Key | None = None, backwards: bool = False
    ) -> list[Any]:
        """The first rows of a list, or those after the key; backwards the last, or those before."""
        read: list[Any] = []
        for where, order in _pieces(self.terms, key, backwards):
            read += found.filter(where).order_by(*order)[: most - len(read)]
            if len(read) >= most:
                break
        return read[::-1] if backwards else read


def order_of(found: QuerySet[Any], ordering: Iterable[Any], never_null: Collection[str]) -> Order:
    """The order of a list, from what Django's admin orders it by; the last of that is unique.

    Rows that are alike in a column of another table are told apart by their link to that table, as
    its index has them. `never_null` names what may be NULL, but not in this list.
    """
    terms: list[Term] = []
    for each in ordering:
        term = _term(found, each, never_null)
        terms.append(term)
        if term.path == "pk":
            break
        if term.link:
            terms.append(
                replace(
                    _term(found, f"{term.link}_id", ()),
                    is_descending=term.is_descending,
                    link=term.link,
                )
            )
    return Order(tuple(terms))


def _term(found: QuerySet[Any], ordered_by: Any, never_null: Collection[str]) -> Term:
    is_descending = getattr(ordered_by, "descending", False)
    path = getattr(getattr(ordered_by, "expression", ordered_by), "name", ordered_by)
    if path.startswith("-"):
        path, is_descending = path[1:], True
    path, field, is_nullable = _field(found, path)
    link = path.rpartition("__")[0]
    return Term(path, is_descending, is_nullable and path not in never_null, field, link)


def _field(found: QuerySet[Any], path: str) -> tuple[str, Any, bool]:
    """The path as a column, what its values are, and whether there may be none."""
    if annotation := found.query.annotations.get(path):
        return path, annotation.output_field, True
    model: Any = found.model
    field: Any = None
    is_nullable = False
    for step in path.split("__"):
        field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        is_nullable |= bool(field.null)
        model = field.related_model
    if not field.remote_field:
        return path, field, is_nullable
    column = path[: -len(field.name)] + field.attname if path.endswith(field.name) else path
    return column, field.target_field, is_nullable


Terms = tuple[Term, ...]
Pieces = Iterator[tuple[Q, list[OrderBy]]]


def _pieces(terms: Terms, key: Key | None, backwards: bool) -> Pieces:
    """The pieces of a list from a key on, each with its order."""
    if terms[0].is_nullable:
        return _by_halves(terms, key, backwards)
    if key is None:
        return iter([(Q(), _ordered(terms, backwards))])
    return _beyond(terms, key, backwards)


def _by_halves(terms: Terms, key: Key | None, backwards: bool) -> Pieces:
    """Those that have the first term, and those that have not: each half has its own index."""
    halves = [True, False] if backwards else [False, True]
    begun = key is None
    for is_null in halves:
        is_here = not begun and (key[0] is None) == is_null  # type: ignore[index]
        begun |= is_here
        if begun:
            half, rest = _half(terms, key if is_here else None, is_null)
            where = Q((f"{terms[0].path}__isnull", is_null))
            yield from _within(where, _pieces(half, rest, backwards))


def _half(terms: Terms, key: Key | None, is_null: bool) -> tuple[Terms, Key | None]:
    """The terms that order a half, and the key in them. Without a link all that leads through it
    is empty; with it nothing is."""
    first = terms[0]
    alike = [term == first or (bool(first.link) and term.link == first.link) for term in terms]
    if is_null:
        left = [n for n, is_alike in enumerate(alike) if not is_alike]
        return tuple(terms[n] for n in left), key and [key[n] for n in left]
    pairs = zip(terms, alike, strict=True)
    return tuple(replace(t, is_nullable=False) if is_alike else t for t, is_alike in pairs), key


def _beyond(terms: Terms, key: Key, backwards: bool) -> Pieces:
    """The rows beyond a key: first those that begin alike, then those whose beginning is beyond."""
    first = terms[0]
    run = tuple(takewhile(lambda t: _runs_like(t, first), terms))
    rest, rest_of_key = terms[len(run) :], key[len(run) :]
    if rest:
        alike = Q(*((term.path, value) for term, value in zip(run, key, strict=False)))
        yield from _within(alike, _pieces(rest, rest_of_key, backwards))
    yield Q(_are_beyond(run, key, backwards)), _ordered(terms, backwards)


def _runs_like(term: Term, first: Term) -> bool:
    return not term.is_nullable and term.is_descending == first.is_descending


def _are_beyond(run: Terms, key: Key, backwards: bool) -> Func:
    """True of rows beyond a key in terms that run one way: (a, b) < (1, 2), a range of an index."""
    columns = [F(term.path) for term in run]
    values = [Value(value, term.field) for term, value in zip(run, key, strict=False)]
    return _Beyond(*columns, *values, sign="<" if run[0].is_descending != backwards else ">")


def _within(where: Q, pieces: Pieces) -> Pieces:
    return ((where & piece, order) for piece, order in pieces)


def _ordered(terms: Terms, backwards: bool) -> list[OrderBy]:
    return [term.ordered(backwards) for term in terms]


class _Beyond(Func):
    """A comparison of rows of columns, which Django has no look-up for."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, *_more: Any, **_context: Any) -> Any:
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _ in side) for side in (parts[:half], parts[half:]))
        parameters = [each for _, some in parts for each in some]
        return f"({left}) {self.extra['sign']} ({right})", parameters
