"""Batch after batch, but not for ever."""

from itertools import repeat

from lib.batches import run_batches


def test_it_goes_on_until_nothing_is_left():
    left = iter([100, 100, 7, 0, 100])

    assert run_batches(lambda: next(left)) == 207


def test_a_time_slice_ends_though_there_is_more_to_do():
    endless = repeat(1)

    assert run_batches(lambda: next(endless), seconds=0.01) > 0
    assert run_batches(lambda: next(endless), seconds=0) == 0
