"""Two bring the same customers, or the same items, at once: nobody fails, and nobody is double."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event

from django.db import connection, transaction

from lib.tables.import_rows import RowOutcome
from surveys.customers.add_or_update import CustomerRow, add_or_update
from surveys.models import Customer
from tests.parts.server import PATIENCE
from voc.intake.capture import capture_all
from voc.intake.incoming import Captured, Incoming
from voc.models import Feedback

AT_ONCE, ROWS, ROUNDS = 3, 400, 5
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def at_once(works):
    """Let each work begin at the same moment, on a connection of its own; their results."""
    ready = Barrier(len(works))

    def on_its_own(work):
        try:
            ready.wait(PATIENCE)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as workers:
        waiting = [workers.submit(on_its_own, work) for work in works]
        return [each.result(PATIENCE) for each in waiting]


def test_the_same_customers_at_once_in_any_order_are_there_once(transactional_db):
    for number in range(ROUNDS):
        rows = [CustomerRow(f"{number}-{n}@example.com", "Hana", "", {}) for n in range(ROWS)]
        orders = [rows, rows[::-1], rows[ROWS // 2 :] + rows[: ROWS // 2]]

        outcomes = at_once(
            [lambda mine=mine: add_or_update(mine, language="ja") for mine in orders]
        )

        everyone = {RowOutcome.ADDED: ROWS, RowOutcome.UNCHANGED: ROWS * (AT_ONCE - 1)}
        assert sum(outcomes, Counter()) == everyone
    assert Customer.objects.count() == ROWS * ROUNDS


def test_the_same_changes_at_once_end_as_one_of_them_and_lose_no_attribute(transactional_db):
    rows = [CustomerRow(f"{n}@example.com", "", "", {}) for n in range(ROWS)]
    add_or_update(rows, language="ja")
    by = [[row._replace(attributes={f"by {n}": "x"}) for row in rows] for n in range(AT_ONCE)]

    at_once([lambda mine=mine: add_or_update(mine[::-1], language="ja") for mine in by])

    known = {f"by {n}": "x" for n in range(AT_ONCE)}
    assert [c.attributes for c in Customer.objects.all()] == [known] * ROWS


def test_a_customer_whom_a_form_is_just_adding_is_updated(transactional_db):
    """The form's transaction is open while the import comes to that customer."""
    added, rows = Event(), [CustomerRow("hana@example.com", "Yamada Hana", "", {"plan": "Gold"})]

    def a_form():
        with transaction.atomic():
            Customer.objects.create(email="HANA@example.com", name="Hana")
            added.set()
            wait_until_somebody_waits_for_us()

    def an_import():
        added.wait(PATIENCE)
        return add_or_update(rows, language="ja")

    _nothing, outcomes = at_once([a_form, an_import])

    assert outcomes == {RowOutcome.UPDATED: 1}
    hana = Customer.objects.get()
    assert (hana.name, hana.attributes) == ("Yamada Hana", {"plan": "Gold"})


def wait_until_somebody_waits_for_us():
    """PostgreSQL tells who waits; in SQLite nobody gets as far while another writes."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _look in range(PATIENCE * 20):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.05)")


def test_the_same_feedback_at_once_in_any_order_is_there_once(transactional_db):
    items = [Incoming("It leaks", JUNE, str(n)) for n in range(ROWS)]

    def take_in(mine):
        return sum(capture_all(mine, channel="review"), Captured())

    captured = at_once([lambda: take_in(items), lambda: take_in(items[::-1])])

    assert sum(captured, Captured()) == Captured(new=ROWS, unchanged=ROWS)
    assert Feedback.objects.count() == ROWS
