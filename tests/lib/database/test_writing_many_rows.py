"""Rows that are written at once are the rows that Django would have written one by one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.database.copy import add_rows, change_rows
from surveys.models import Customer

pytestmark = pytest.mark.django_db

NASTY = ["", "\\", "\\N", "\\.", "a\tb", "a\nb", "a\rb", "a\r\n", "\x0b\x1f\x7f", "%s %%",
         "'\"`;--", "{}", "null", "NULL", "佐藤　恵", "𠮷🎉", "👩\u200d👧", "e\u0301", "\u2028",
         "\ufeff", "x" * 200]  # fmt: skip
TEXT = st.sampled_from(NASTY) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=200
)
JSON = st.dictionaries(
    TEXT,
    st.recursive(
        TEXT | st.none() | st.booleans() | st.integers(-(10**9), 10**9),
        lambda part: st.lists(part, max_size=3) | st.dictionaries(TEXT, part, max_size=3),
        max_leaves=5,
    ),
    max_size=4,
)
MOMENT = st.none() | st.datetimes(
    datetime(1900, 1, 1),
    datetime(2099, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(-timedelta(hours=3.5))]),
)
ROWS = st.lists(st.tuples(TEXT, JSON, MOMENT), min_size=1, max_size=6)
COLUMNS = ["email", "name", "attributes", "unsubscribed_at"]


def numbered(rows):
    return [(f"{n}@example.com", *row) for n, row in enumerate(rows)]


def by_address(row):
    return row[0]


def stored():
    """All columns of all rows, as the database has them, but for ids and the moment of adding."""
    columns = ["email", "name", "language", "attributes", "unsubscribed_at", "search_text"]
    return list(Customer.objects.order_by("pk").values(*columns))


def undone(write):
    with transaction.atomic():
        write()
        kept = stored()
        transaction.set_rollback(True)
    return kept


def add_plainly(rows):
    for row in rows:
        Customer.objects.create(**dict(zip(COLUMNS, row, strict=True)))


@settings(deadline=None)
@given(ROWS)
@example([(words, {words: words, "2": [words, None]}, None) for words in NASTY])
def test_added_rows_are_as_django_adds_them(rows):
    rows = numbered(rows)

    at_once = undone(lambda: add_rows(Customer, COLUMNS, rows, one_order=by_address))

    assert at_once == undone(lambda: add_plainly(rows))


@settings(deadline=None)
@given(ROWS)
@example([(words, {words: words, "2": [words, None]}, None) for words in NASTY])
def test_changed_rows_are_as_django_changes_them(rows):
    def change_at_once():
        ids = [Customer.objects.create(email=address).pk for address, *_rest in numbered(rows)]
        Customer.objects.create(email="nobody@example.com")
        pairs = [(pk, *row) for pk, row in zip(ids, rows, strict=True)]
        change_rows(Customer, COLUMNS[1:], pairs)

    def change_plainly():
        made = [Customer.objects.create(email=address) for address, *_rest in numbered(rows)]
        Customer.objects.create(email="nobody@example.com")
        for customer, row in zip(made, rows, strict=True):
            customer.name, customer.attributes, customer.unsubscribed_at = row
            customer.save()

    assert undone(change_at_once) == undone(change_plainly)


def test_ids_follow_the_rows_whatever_order_they_are_added_in():
    names = ["c", "a", "b"]

    add_rows(Customer, ["email"], [(f"{n}@example.com",) for n in names], one_order=by_address)

    assert [c.email[0] for c in Customer.objects.order_by("pk")] == names


def test_of_rows_that_cannot_all_be_added_none_is():
    Customer.objects.create(email="b@example.com")

    with pytest.raises(IntegrityError), transaction.atomic():
        add_rows(
            Customer, ["email"], [("a@example.com",), ("B@example.com",)], one_order=by_address
        )

    assert Customer.objects.count() == 1
