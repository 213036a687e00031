"""Rows are found by any of few values or of many, and by nothing else."""

import pytest

from lib.database.among import FEW
from surveys.models import Customer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("others", [1, FEW, 2_000])
def test_rows_are_found_by_one_of_any_number_of_values(others):
    hana, ken, _rei = [
        Customer.objects.create(email=f"{name}@example.com") for name in ("Hana", "ken", "rei")
    ]
    nobody = [f"{n}@example.com" for n in range(others)]

    found = Customer.objects.at_any(["hana@example.com", *nobody, "KEN@example.com"])

    assert [*found.order_by("pk")] == [hana, ken]
    assert [*found.order_by("pk").select_for_update(no_key=True)] == [hana, ken]
    assert not Customer.objects.at_any(nobody).exists()
