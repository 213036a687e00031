"""Rows that are written at once are the rows that Django would have written one by one."""

from datetime import UTC, datetime, timedelta
from datetime import timezone as fixed_zone
from operator import attrgetter

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.database.copy import add_rows, change_rows
from surveys.models import Customer
from tests import make
from voc.models import Feedback, Tag, Topic

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
    timezones=st.sampled_from(
        [UTC, fixed_zone(timedelta(hours=9)), fixed_zone(-timedelta(hours=3.5))]
    ),
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


FIELDS = ["sentiment", "feelings", "analyzed_at", "attempts", "channel"]


def read(rows):
    for n, row in enumerate(rows):
        row.sentiment = None if n % 2 else "positive"
        row.feelings = [] if n % 3 else [["positive", n, n + 1], ['"%s\\', 0, 1]]
        row.analyzed_at = timezone.now() if n % 4 else None
        row.attempts, row.channel = n, "review"
        row.text = "not to be written"
    return rows


def change(rows, *fields):
    change_rows(type(rows[0]), fields, map(attrgetter("pk", *fields), rows))


def stored_feedback():
    return list(Feedback.objects.order_by("pk").values())


def test_changed_rows_are_those_that_bulk_update_leaves():
    rows = read([make.feedback(f"Text {n}") for n in range(12)])
    Feedback.objects.bulk_update(rows, FIELDS)
    by_bulk_update = stored_feedback()
    Feedback.objects.update(sentiment="mixed", feelings=[], analyzed_at=None, attempts=9)

    change(rows, *FIELDS)

    assert stored_feedback() == by_bulk_update
    assert by_bulk_update[0]["text"] == "Text 0"


def test_links_are_changed_as_well():
    feedback, (one, other) = make.feedback(), Topic.objects.order_by("pk")[:2]
    tag = Tag.objects.create(feedback=feedback, topic=one)
    tag.topic = other

    change([tag], "topic_id")

    tag.refresh_from_db()
    assert tag.topic == other


def test_a_row_that_is_gone_stays_gone_and_no_rows_are_no_statement(django_assert_num_queries):
    stays, goes = make.feedback(), make.feedback()
    Feedback.objects.filter(pk=goes.pk).delete()

    change([stays, goes], "text")

    assert Feedback.objects.count() == 1
    with django_assert_num_queries(0):
        change_rows(Feedback, ["text"], [])


@pytest.mark.parametrize("number", [20, 200])
def test_rows_are_changed_in_one_statement_however_many(django_assert_num_queries, number):
    rows = [make.feedback() for _ in range(number)]

    with django_assert_num_queries(1):
        change(rows, *FIELDS)


def test_what_is_too_long_is_refused_and_not_cut():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no lengths")
    feedback = make.feedback()
    feedback.language = "x" * 11

    with pytest.raises(DataError):
        change([feedback], "language")
