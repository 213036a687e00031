"""A table imported again tells what it knows better, and takes nothing away."""

from datetime import UTC, datetime

import pytest

from tests import make
from tests.voc.intake.tables import NOW, counts
from voc.models import Feedback, Tag, Topic
from voc.models.choices import By

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FIRST = "id,comment\n1,It leaks\n"


def the_one():
    return Feedback.objects.get()


def test_a_date_and_a_customer_that_it_knows_now_are_taken_over():
    customer = make.customer()
    counts(FIRST)

    better = f"id,date,email,comment\n1,2026-10-05T00:00Z,{customer.email},It leaks\n"

    assert counts(better) == (0, 1, 0, 0, 0)
    assert the_one().received_at == datetime(2026, 10, 5, tzinfo=UTC)
    assert the_one().customer == customer
    assert the_one().raw["date"] == "2026-10-05T00:00Z"
    assert counts(better) == (0, 0, 1, 0, 0)


def test_what_it_no_longer_says_stays():
    customer = make.customer()
    counts(f"id,date,email,comment\n1,2026-10-05T00:00Z,{customer.email},It leaks\n")

    assert counts(FIRST) == (0, 0, 1, 0, 0)
    assert the_one().received_at == datetime(2026, 10, 5, tzinfo=UTC)
    assert the_one().customer == customer


def test_an_empty_date_is_not_today():
    counts("id,date,comment\n1,2026-10-05T00:00Z,It leaks\n")

    assert counts("id,date,comment\n1,,It leaks\n", now=NOW)[1] == 1  # the cell is kept
    assert the_one().received_at == datetime(2026, 10, 5, tzinfo=UTC)


def test_a_better_date_does_not_analyze_again_but_other_words_do():
    counts(FIRST)
    Feedback.objects.update(analyzed_at=NOW)

    counts("id,date,comment\n1,2026-10-05T00:00Z,It leaks\n")
    assert the_one().analyzed_at == NOW

    counts("id,comment\n1,It leaks no more\n")
    assert the_one().analyzed_at is None


def test_what_a_person_corrected_stays():
    counts(FIRST)
    Feedback.objects.update(sentiment="negative", sentiment_by=By.PERSON, topics_by=By.PERSON)
    Tag.objects.create(feedback=the_one(), topic=Topic.objects.first(), by=By.PERSON)

    counts("id,date,comment\n1,2026-10-05T00:00Z,It leaks no more\n")

    assert (the_one().sentiment, the_one().sentiment_by) == ("negative", By.PERSON)
    assert Tag.objects.filter(feedback=the_one(), by=By.PERSON).count() == 1


def test_without_ids_the_words_find_the_same_item_and_its_date():
    counts("comment\nIt leaks\n")

    assert counts("date,comment\n2026-10-05T00:00Z,It leaks\n") == (0, 1, 0, 0, 0)
    assert the_one().received_at == datetime(2026, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_batch_costs_the_same_however_much_is_better(rows, django_assert_num_queries):
    counts("id,comment\n" + "".join(f"{n},It leaks\n" for n in range(rows)))
    again = "".join(f"{n},2026-10-05T00:00Z,It leaks again\n" for n in range(rows))

    # A savepoint, looking, new words with what is better, what was marked in the old ones.
    with django_assert_num_queries(5):
        counts(f"id,date,comment\n{again}")
