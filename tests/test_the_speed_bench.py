"""The bench of speed: every row has contenders that exist, and names that fit its table."""

import importlib

import pytest

from benchmarks.speed.measure import ROWS
from benchmarks.speed.workloads.customers import HIDDEN


def the_workload(name):
    return importlib.import_module(f"benchmarks.speed.workloads.{name}")


@pytest.mark.parametrize("name", ROWS)
def test_every_contender_of_a_row_is_there(name):
    workload = the_workload(name)
    assert {each.name for each in workload.ROW.contenders} <= workload.CONTENDERS.keys()


@pytest.mark.parametrize("name", ROWS)
def test_todoku_comes_first_and_others_are_measured_against_it(name):
    assert the_workload(name).ROW.contenders[0].is_todoku


@pytest.mark.parametrize("name", ROWS)
def test_contenders_of_a_row_have_names_of_their_own(name):
    labels = [each.label for each in the_workload(name).ROW.contenders]
    assert len(labels) == len(set(labels))


def test_a_customer_of_the_bench_sends_the_hidden_fields_along():
    page = b'<input type="hidden" name="wording" value="7"><input type="hidden" name="touched">'
    assert HIDDEN.findall(page) == [(b"wording", b"7"), (b"touched", b"")]
