"""Many items are captured by a few statements, and as if each were captured alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.storable import storable
from tests import make
from voc.intake.capture import capture, capture_all
from voc.intake.incoming import Captured, Incoming
from voc.models import Feedback, Tag
from voc.signals import feedback_captured

pytestmark = pytest.mark.django_db

JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, 2, 3, 4, 5, tzinfo=UTC)
WORDS = ["It leaks", "重い\nです\t", "a\\b \\N", '“"’', "🎉", "a\0b", "\ud800", "x" * 5_000]
ITEM = st.builds(
    Incoming,
    text=st.sampled_from(WORDS),
    received_at=st.sampled_from([JUNE, JULY]),
    external_id=st.sampled_from([None, "1", "2", "3\\"]),
    is_dated=st.booleans(),
    customer_id=st.sampled_from([None, 0, 1]),  # which of the two that are made below
    raw=st.dictionaries(
        st.sampled_from("pq"), st.sampled_from(WORDS) | st.none() | st.integers(0, 9)
    ),
)
TABLES = st.lists(st.lists(ITEM, max_size=6), max_size=3)


def capture_quickly(items):
    return sum(capture_all(items, channel="review"), Captured())


def capture_plainly(items):
    """Each item by itself, by Django's own means."""
    return sum(map(capture_one_plainly, items), Captured())


def capture_one_plainly(item):
    alike = {"channel": "review", "external_id": item.external_id}
    known = Feedback.objects.filter(**alike).first() if item.external_id else None
    if known is None:
        Feedback.objects.create(
            **alike,
            text=storable(item.text),
            received_at=item.received_at,
            customer_id=item.customer_id,
            raw=storable(item.raw),
        )
        return Captured(new=1)
    before = dict(known.__dict__)
    known.customer_id = item.customer_id or known.customer_id
    known.raw = {**known.raw, **storable(item.raw)}
    known.received_at = item.received_at if item.is_dated else known.received_at
    if known.text != storable(item.text):
        known.text = storable(item.text)
        known.feelings, known.signs, known.analyzed_at, known.attempts = [], [], None, 0
        known.tags.update(start=None, end=None)
    known.save()
    return Captured(unchanged=1) if before == known.__dict__ else Captured(changed=1)


def after(take_in, tables):
    """What is counted, and what is left of all: one item was analyzed before."""
    with transaction.atomic():
        customers = [make.customer(), make.customer()]
        analyzed = {"analyzed_at": JUNE, "attempts": 3, "feelings": [["negative", 0, 8]]}
        old = Feedback.objects.create(
            text="It leaks", channel="review", external_id="1", received_at=JUNE, **analyzed
        )
        Tag.objects.create(feedback=old, topic=make.topic(), start=3, end=8)
        counts = [take_in([_of(customers, item) for item in table]) for table in tables]
        left = [(_columns(row, customers), *row.tags.values_list("start", "end")) for row in all_()]
        transaction.set_rollback(True)
    return counts, left


def _of(customers, item):
    if item.customer_id is None:
        return item
    return replace(item, customer_id=customers[item.customer_id].pk)


def all_():
    return Feedback.objects.order_by("pk")


def _columns(row, customers):
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del kept["id"]
    who = [customer.pk for customer in customers]
    return {**kept, "customer_id": who.index(row.customer_id) if row.customer_id else None}


@settings(deadline=None)
@given(TABLES)
@example([[Incoming(words, JULY, "1", raw={"p": words})] for words in WORDS])
@example([[Incoming(words, JUNE, "2", raw={words: words}) for words in WORDS]])
@example([[Incoming("It leaks", JUNE, "1")], [Incoming("It leaks", JULY, "1", is_dated=False)]])
def test_items_are_left_and_counted_as_if_each_were_captured_alone(tables):
    assert after(capture_quickly, tables) == after(capture_plainly, tables)


def test_one_item_by_itself_is_captured_as_it_is_among_many():
    each = {"text": "a\\b\n\0", "received_at": JUNE, "raw": {"note": "x\0"}}
    again = {"text": "It leaks", "received_at": JULY, "raw": {"more": 1}}

    for step in (each, again):
        capture(channel="review", external_id="1", **step)
        list(capture_all([Incoming(external_id="1", **step)], channel="support"))

    one, other = (_columns(row, []) for row in all_())
    assert {**one, "channel": ""} == {**other, "channel": ""}


@pytest.mark.parametrize("items", [3, 300])
def test_a_batch_costs_the_same_however_many(items, django_assert_num_queries):
    new = [Incoming("It leaks", JUNE, str(n)) for n in range(items)]
    reworded = [replace(item, text="No more") for item in new]
    later = [replace(item, received_at=JULY) for item in reworded]
    adding, rewording, changing = {"sqlite": (4, 5, 4), "postgresql": (5, 5, 4)}[connection.vendor]

    for batch, most in [(new, adding), (reworded, rewording), (later, changing), (later, 3)]:
        with django_assert_num_queries(most):
            capture_quickly(batch)


def test_whoever_listens_hears_of_each_new_item_as_it_stands_in_the_database():
    heard = []

    def listen(feedback, **_rest):
        heard.append((feedback.pk, feedback.text))

    items = [Incoming("one", JUNE, "1"), Incoming("two", JUNE, "2"), Incoming("one", JULY, "1")]
    feedback_captured.connect(listen)
    try:
        capture_quickly(items)
    finally:
        feedback_captured.disconnect(listen)

    assert heard == list(Feedback.objects.order_by("pk").values_list("pk", "text"))
