"""A worker is killed in the middle of an import, and another goes on: every row once."""

from django.utils import timezone

from surveys.models import Customer, Import
from tests import make
from tests.parts.server import wait_until

ROWS = 40_000
PATIENCE = 150  # seconds
TABLE = "email\n" + "".join(
    f"customer{n}@example.com\n" if n % 10 else "nobody\n" for n in range(ROWS)
)


def test_a_killed_worker_loses_and_doubles_no_row(beat, worker):
    one = make.begun_import(TABLE)
    beat(BELL_EVERY_SECONDS="0.5")
    first = worker(concurrency=2)

    wait_until(lambda: 0 < now(one).done < ROWS, "importing has begun", first.tail)
    first.kill()
    done_before = now(one).done
    Import.objects.update(claimed_until=timezone.now())  # as a minute later it would be
    first.start()
    wait_until(
        lambda: now(one).state == Import.State.DONE, "all is in", first.tail, seconds=PATIENCE
    )

    assert 0 < done_before < ROWS, "the kill must land in the middle"
    assert (now(one).added, now(one).updated, now(one).refused) == (36_000, 0, 4_000)
    assert Customer.objects.count() == 36_000
    assert one.refusals.count() == 4_000


def now(one):
    return Import.objects.get(pk=one.pk)
