"""Two people press the button at once: one ships it, the other is told so; nobody is told twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from reports.fixes.ship import NotShippable, ship
from reports.models import Notice
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_five_ships_it():
    fix = make.fix(*[make.feedback("Slow", by=make.customer()) for _ in range(3)])
    staff = make.staff()

    with ThreadPoolExecutor(5) as people:
        ends = list(people.map(lambda _: press(fix, staff), range(5)))

    assert sorted(ends, key=str) == [3, "refused", "refused", "refused", "refused"]
    assert Notice.objects.count() == 3


def press(fix, staff):
    try:
        return ship(fix, by=staff, now=timezone.now())
    except NotShippable:
        return "refused"
    finally:
        connection.close()
