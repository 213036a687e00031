"""A worker is killed in the middle of an import, and another goes on: every row once."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from lib.tables.import_rows import ROWS_PER_BATCH
from surveys.models import Customer, Import
from tests import make
from tests.parts.server import wait_until

ROWS = 4 * ROWS_PER_BATCH
IN_THE_THIRD_BATCH = 2 * ROWS_PER_BATCH + 1
TABLE = "email\n" + "".join(
    f"customer{n}@example.com\n" if n % 10 else "nobody\n" for n in range(ROWS)
)


def test_a_killed_worker_loses_and_doubles_no_row(beat, worker):
    one = make.begun_import(TABLE)
    first = worker(concurrency=2)

    with somebody_adding(f"customer{IN_THE_THIRD_BATCH}@example.com"):
        beat(BELL_EVERY_SECONDS="0.5")
        wait_until(lambda: now(one).done == 2 * ROWS_PER_BATCH, "two batches are in", first.tail)
        first.kill()
    Import.objects.update(claimed_until=timezone.now())  # as a minute later it would be
    first.start()
    wait_until(lambda: now(one).state == Import.State.DONE, "all is in", first.tail)

    assert (now(one).added, now(one).updated, now(one).refused) == (7_200, 0, 800)
    assert Customer.objects.count() == 7_200
    assert one.refusals.count() == 800


@contextmanager
def somebody_adding(address):
    """Somebody who takes long to add this customer and then does not: an import waits for him."""
    with transaction.atomic():
        Customer.objects.create(email=address)
        yield
        transaction.set_rollback(True)


def now(one):
    return Import.objects.get(pk=one.pk)
