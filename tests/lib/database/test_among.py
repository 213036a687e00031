"""Rows are found by any of few values or of many, and by nothing else."""

import pytest

from lib.database.among import FEW, among
from surveys.models import Customer
from voc.models import Feedback

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


@pytest.mark.parametrize(
    "name", ["NULL", "", '"', "\\", "a,b", "{a}", " a ", "%s", "佐藤　恵", "'", "a\nb"]
)
def test_a_value_may_be_written_in_any_way(name):
    hana = Customer.objects.create(email="hana@example.com", name=name)
    Customer.objects.create(email="ken@example.com", name="x")

    names = among([name, *map(str, range(2 * FEW))])

    assert [*Customer.objects.filter(name__in=names)] == [hana]


def test_feedback_is_known_by_one_of_many_ids():
    one, _other, _elsewhere = [
        Feedback.objects.create(text="Too slow", channel=channel, external_id=given)
        for channel, given in [("review", "a"), ("review", "b"), ("ticket", "a")]
    ]

    known = Feedback.objects.known_as("review", ["a", *map(str, range(2 * FEW))])

    assert [*known.select_for_update(of=("self",))] == [one]
