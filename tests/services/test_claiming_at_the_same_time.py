"""Two workers at one work list: PostgreSQL skips rows that the other one is just taking."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from django.utils import timezone

from tests import make
from tests.parts.server import PATIENCE
from voc.models import Feedback


def claim(size=10):
    return Feedback.objects.claim(timezone.now(), size)


def test_nobody_waits_for_rows_that_another_is_just_taking(transactional_db):
    first, second = make.feedback(), make.feedback()

    with ThreadPoolExecutor() as other_worker, transaction.atomic():
        assert claim(size=1) == [first]
        theirs = other_worker.submit(claim_on_a_connection_of_its_own).result(timeout=PATIENCE)

    assert theirs == [second]


def claim_on_a_connection_of_its_own():
    try:
        return claim()
    finally:
        connection.close()
