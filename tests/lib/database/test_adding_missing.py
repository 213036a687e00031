"""Rows that are missing are added in one statement, and as bulk_create would have done it."""

import pytest
from django.db import DataError, IntegrityError, connection

from lib.database.add_missing import add_missing
from tests import make
from voc.models import Tag, Topic

pytestmark = pytest.mark.django_db

FIELDS = ["feedback", "topic", "sentiment", "start", "end", "by"]


def values():
    """Of three items: one has been tagged by a person, and one has a topic twice."""
    items = [make.feedback(f"Text {n}") for n in range(3)]
    one, other = Topic.objects.order_by("pk")[:2]
    Tag.objects.create(feedback=items[0], topic=one, sentiment="mixed", by="person")
    return [
        (items[0].pk, one.pk, "negative", 0, 4, "machine"),
        (items[0].pk, other.pk, "positive", 1, 2, "machine"),
        (items[1].pk, one.pk, None, None, None, "machine"),
        (items[2].pk, one.pk, "neutral", 0, 1, "machine"),
        (items[2].pk, one.pk, "positive", 2, 3, "machine"),
    ]


def stored():
    return list(Tag.objects.order_by("feedback", "topic").values(*FIELDS))


def test_it_leaves_the_rows_that_bulk_create_leaves():
    rows = values()
    models = [
        Tag(feedback_id=row[0], topic_id=row[1], **dict(zip(FIELDS[2:], row[2:], strict=True)))
        for row in rows
    ]
    Tag.objects.bulk_create(models, ignore_conflicts=True)
    by_bulk_create = stored()
    Tag.objects.filter(by="machine").delete()

    add_missing(Tag, FIELDS, rows)

    assert stored() == by_bulk_create
    assert [each["by"] for each in by_bulk_create] == ["person", "machine", "machine", "machine"]


def test_many_rows_are_one_statement_and_no_rows_none(django_assert_num_queries):
    rows = values()

    with django_assert_num_queries(0):
        add_missing(Tag, FIELDS, [])
    with django_assert_num_queries(1):
        add_missing(Tag, FIELDS, rows)


def test_what_the_database_refuses_is_refused():
    feedback, topic = make.feedback().pk, Topic.objects.all()[:1].get().pk

    with pytest.raises(IntegrityError):
        add_missing(Tag, ["feedback", "topic", "by"], [(feedback, topic, None)])


def test_what_is_too_long_is_refused_and_not_cut():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no lengths")
    feedback, topic = make.feedback().pk, Topic.objects.all()[:1].get().pk

    with pytest.raises(DataError):
        add_missing(Tag, ["feedback", "topic", "by"], [(feedback, topic, "a person of old")])
