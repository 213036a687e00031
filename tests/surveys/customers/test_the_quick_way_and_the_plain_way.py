"""A batch of customers is written by a few statements, and as if each row were written alone."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.tables.import_rows import RowOutcome
from surveys.customers.add_or_update import CustomerRow, add_or_update
from surveys.models import Customer

pytestmark = pytest.mark.django_db

WORDS = ["", "Hana", "山田 花", "a\\b", "\\N", 'a"b', "two\nlines\t", "🎉", "x" * 200]
MOMENTS = [None, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 2, 3, 4, 5, 6, tzinfo=UTC)]
ROW = st.builds(
    CustomerRow,
    email=st.sampled_from(["a@example.com", "A@example.com", "b@example.com", "c@example.com"]),
    name=st.sampled_from(WORDS),
    language=st.sampled_from(["", "ja", "en"]),
    attributes=st.dictionaries(st.sampled_from("pq"), st.sampled_from(WORDS[1:])),
    unsubscribed_at=st.sampled_from(MOMENTS),
)
TABLE = st.lists(ROW, max_size=8)


def write_plainly(rows, *, language):
    """Each row by itself, by Django's own means."""
    outcomes = Counter()
    for row in rows:
        customer = Customer.objects.filter(email__iexact=row.email).first()
        outcome = RowOutcome.UNCHANGED if customer else RowOutcome.ADDED
        customer = customer or Customer(email=row.email, language=language)
        before = dict(customer.__dict__)
        customer.name = row.name or customer.name
        customer.language = row.language or customer.language
        customer.attributes = {**customer.attributes, **row.attributes}
        customer.unsubscribed_at = customer.unsubscribed_at or row.unsubscribed_at
        if customer.pk and before != customer.__dict__:
            outcome = RowOutcome.UPDATED
        customer.save()
        outcomes[outcome] += 1
    return outcomes


def after(write, tables):
    with transaction.atomic():
        outcomes = [+write(table, language="ja") for table in tables]
        columns = [field.name for field in Customer._meta.concrete_fields]
        rows = Customer.objects.order_by("pk").values(*set(columns) - {"id", "created_at"})
        kept = outcomes, list(rows)
        transaction.set_rollback(True)
    return kept


@settings(deadline=None)
@given(st.lists(TABLE, max_size=3))
@example([[CustomerRow("a@example.com", "", "", {}), CustomerRow("A@example.com", "Hana", "", {})]])
@example([[CustomerRow("a@example.com", words, "", {"p": words})] for words in WORDS])
@example(
    [
        [CustomerRow("a@example.com", "Hana", "", {})],
        [CustomerRow("a@example.com", name, "", {}) for name in ("Hana Sato", "Hana")],
    ]
)
def test_rows_are_left_and_counted_as_if_each_were_written_alone(tables):
    assert after(add_or_update, tables) == after(write_plainly, tables)


@pytest.mark.parametrize("rows", [3, 300])
def test_a_batch_costs_the_same_however_long(rows, django_assert_num_queries):
    new = [CustomerRow(f"{n}@example.com", "", "", {}) for n in range(rows)]
    named = [row._replace(name="Hana") for row in new]
    # In a savepoint. PostgreSQL asks for ids first.
    adding = {"sqlite": 4, "postgresql": 5}[connection.vendor]

    for batch, most in [(new, adding), (named, 4), (named, 3)]:
        with django_assert_num_queries(most):
            add_or_update(batch, language="ja")
