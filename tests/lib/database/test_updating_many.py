"""Many rows are updated in one statement, and as bulk_update would have done it."""

import pytest
from django.db import DataError, connection
from django.utils import timezone

from lib.database.update_many import update_many
from tests import make
from voc.models import Feedback, Tag, Topic

pytestmark = pytest.mark.django_db

FIELDS = ["sentiment", "feelings", "analyzed_at", "attempts", "channel"]


def changed(rows):
    for n, row in enumerate(rows):
        row.sentiment = None if n % 2 else "positive"
        row.feelings = [] if n % 3 else [["positive", n, n + 1], ['"%s\\', 0, 1]]
        row.analyzed_at = timezone.now() if n % 4 else None
        row.attempts, row.channel = n, "review"
        row.text = "not to be written"
    return rows


def stored():
    return list(Feedback.objects.order_by("pk").values())


def test_it_leaves_the_rows_that_bulk_update_leaves():
    rows = [make.feedback(f"Text {n}") for n in range(12)]
    changed(rows)
    Feedback.objects.bulk_update(rows, FIELDS)
    by_bulk_update = stored()
    Feedback.objects.update(sentiment="mixed", feelings=[], analyzed_at=None, attempts=9)

    update_many(rows, FIELDS)

    assert stored() == by_bulk_update
    assert by_bulk_update[0]["text"] == "Text 0"


def test_links_are_fields_as_well():
    feedback, (one, other) = make.feedback(), Topic.objects.order_by("pk")[:2]
    tag = Tag.objects.create(feedback=feedback, topic=one)
    tag.topic = other

    update_many([tag], ["topic"])

    tag.refresh_from_db()
    assert tag.topic == other


def test_a_row_that_is_gone_stays_gone_and_no_rows_are_no_statement(django_assert_num_queries):
    stays, goes = make.feedback(), make.feedback()
    Feedback.objects.filter(pk=goes.pk).delete()

    update_many([stays, goes], ["text"])

    assert Feedback.objects.count() == 1
    with django_assert_num_queries(0):
        update_many([], ["text"])


@pytest.mark.parametrize("number", [20, 200])
def test_it_is_one_statement_however_many_rows(django_assert_num_queries, number):
    rows = [make.feedback() for _ in range(number)]

    with django_assert_num_queries(1):
        update_many(rows, FIELDS)


def test_what_is_too_long_is_refused_and_not_cut():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no lengths")
    feedback = make.feedback()
    feedback.language = "x" * 11

    with pytest.raises(DataError):
        update_many([feedback], ["language"])
