"""A worker works imports off, batch by batch; killed or stopped, every row is there once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from lib.tables import import_rows
from surveys.customers.import_table import CustomerImport
from surveys.imports import control, work_off
from surveys.models import Customer, Import, ImportFile
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db
State = Import.State


@pytest.fixture(autouse=True)
def _two_rows_a_batch(monkeypatch):
    monkeypatch.setattr(import_rows, "ROWS_PER_BATCH", 2)


@pytest.fixture
def one_batch_a_slice(monkeypatch):
    monkeypatch.setattr(work_off, "run_batches", lambda batch: batch())


class Killed(BaseException):
    """The worker is gone: nothing catches it, and nothing is written after it."""


def work():
    return work_off.work_off_next(timezone.now)


def work_to_the_end(one):
    while work() is not None:
        pass
    one.refresh_from_db()
    return one


def counts(one):
    return one.added, one.updated, one.unchanged, one.refused


def addresses():
    return list(Customer.objects.order_by("pk").values_list("email", flat=True))


FIVE = "email\na@example.com\nb@example.com\nnobody\nc@example.com\nd@example.com\n"


def test_a_waiting_import_is_worked_off_and_its_report_stays():
    one = work_to_the_end(make.begun_import(FIVE))

    assert (one.state, one.done, one.total) == (State.DONE, 5, 5)
    assert counts(one) == (4, 0, 0, 1)
    assert [(row.number, row.reason) for row in one.refusals.all()] == [
        (4, "“nobody” is not an email address")
    ]
    assert addresses() == [f"{name}@example.com" for name in "abcd"]


def test_feedback_is_worked_off_in_the_same_way():
    table = "text,date\nToo slow,2026-11-02\nLovely,2026-11-03\n"

    one = work_to_the_end(make.begun_import(table, kind="feedback", channel="support"))

    assert counts(one) == (2, 0, 0, 0)
    assert {(item.text, item.channel) for item in Feedback.objects.all()} == {
        ("Too slow", "support"),
        ("Lovely", "support"),
    }


def test_the_file_goes_as_soon_as_the_import_has_ended():
    work_to_the_end(make.begun_import(FIVE))

    assert not ImportFile.objects.exists()


def test_what_nobody_began_is_not_worked_off():
    make.uploaded_import(FIVE)

    assert work() is None
    assert addresses() == []


@pytest.mark.usefixtures("one_batch_a_slice")
def test_the_next_slice_goes_on_where_the_last_one_ended():
    one = make.begun_import(FIVE)

    assert [work(), work(), work(), work(), work()] == [2, 2, 1, 0, None]
    one.refresh_from_db()
    assert (one.state, counts(one)) == (State.DONE, (4, 0, 0, 1))


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_worker_that_dies_in_a_batch_costs_a_batch_and_no_row(batch, monkeypatch, clock):
    one, stored, store = make.begun_import(FIVE), [], CustomerImport.store

    def store_and_die(importer, rows):
        stored.append(rows)
        outcome = store(importer, rows)
        if len(stored) == batch:
            raise Killed
        return outcome

    monkeypatch.setattr(CustomerImport, "store", store_and_die)
    with pytest.raises(Killed):
        work()
    one.refresh_from_db()
    assert (one.state, one.done) == (State.RUNNING, 2 * (batch - 1))
    assert work() is None, "the claim is still that of the dead one"
    clock.wait(minutes=2)

    work_to_the_end(one)
    assert (one.state, counts(one)) == (State.DONE, (4, 0, 0, 1))
    assert addresses() == [f"{name}@example.com" for name in "abcd"]
    assert one.refusals.count() == 1


@pytest.mark.usefixtures("one_batch_a_slice")
def test_the_same_words_twice_are_two_items_across_slices_and_the_same_two_the_next_time():
    table = "text\nToo slow\nLovely\nToo slow\nToo slow\n"
    for _time in range(2):
        work_to_the_end(make.begun_import(table, kind="feedback", channel="review"))

    assert Feedback.objects.count() == 4


@pytest.mark.usefixtures("one_batch_a_slice")
def test_who_presses_stop_keeps_what_was_imported_so_far(sato):
    one = make.begun_import(FIVE)
    work()

    assert control.stop(one, by=sato, now=timezone.now())

    assert work() is None
    one.refresh_from_db()
    assert (one.state, one.stopped_by, counts(one)) == (State.STOPPED, sato, (2, 0, 0, 0))
    assert addresses() == ["a@example.com", "b@example.com"]
    assert not ImportFile.objects.exists()
    assert not control.stop(one, by=sato, now=timezone.now())


def test_a_batch_that_was_under_way_when_somebody_pressed_stop_is_not_kept(sato, monkeypatch):
    one, store = make.begun_import(FIVE), CustomerImport.store

    def store_while_somebody_stops(importer, rows):
        control.stop(one, by=sato, now=timezone.now())
        return store(importer, rows)

    monkeypatch.setattr(CustomerImport, "store", store_while_somebody_stops)

    assert work() == 0
    assert addresses() == []


def test_an_import_that_always_fails_is_set_aside_after_five_tries(monkeypatch, clock):
    def die(importer, rows):
        raise Killed

    one = make.begun_import(FIVE)
    with monkeypatch.context() as patch:
        patch.setattr(CustomerImport, "store", die)
        for _try in range(Import.MOST_ATTEMPTS):
            with pytest.raises(Killed):
                work()
            clock.wait(minutes=2)
        assert work() is None
    assert [*Import.objects.set_aside()] == [one]

    assert control.try_again(one)
    assert counts(work_to_the_end(one)) == (4, 0, 0, 1)


def test_one_that_fails_does_not_keep_the_others_waiting(monkeypatch, clock):
    make.begun_import(FIVE)
    monkeypatch.setattr(work_off.ImportRun, "next_batch", lambda run: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work()
    monkeypatch.undo()

    other = work_to_the_end(make.begun_import("email\nz@example.com\n"))

    assert other.state == State.DONE


def test_where_a_table_breaks_off_what_stood_above_is_imported_and_the_report_says_so():
    one = work_to_the_end(make.begun_import('email,name\na@example.com,A\nb@example.com,"B\n'))

    assert (one.state, counts(one)) == (State.FAILED, (1, 0, 0, 0))
    assert one.error.startswith("Row 3 opens a quotation mark that is never closed")


def test_a_file_that_cannot_be_read_ends_with_a_sentence():
    one = work_to_the_end(make.begun_import("name\nHana\n"))

    assert (one.state, one.done) == (State.FAILED, 0)
    assert one.error.startswith("None of the columns is known to hold email addresses.")
    assert not ImportFile.objects.exists()


def test_reasons_are_kept_for_so_many_rows_and_the_rest_are_counted(monkeypatch):
    monkeypatch.setattr(work_off, "MOST_REFUSALS", 3)

    one = work_to_the_end(make.begun_import("email\n" + "nobody\n" * 7))

    assert (one.refused, one.refusals.count()) == (7, 3)


def test_a_report_does_not_keep_the_address_that_was_refused():
    one = work_to_the_end(make.begun_import("email\nhana.sato@@example.com\n"))

    assert [row.reason for row in one.refusals.all()] == [
        "“h…@@example.com” is not an email address"
    ]


def test_the_report_speaks_the_language_of_whoever_uploaded_the_file():
    one = work_to_the_end(make.begun_import("email\nnobody\n", language="ja"))

    assert [row.reason for row in one.refusals.all()] == [
        "「nobody」はメールアドレスではありません"
    ]


def test_rows_without_a_date_are_of_the_moment_when_somebody_pressed_import(clock):
    begun_at = clock.now
    one = make.begun_import("text\nToo slow\n", kind="feedback", channel="review")
    clock.wait(hours=3)

    work_to_the_end(one)

    assert Feedback.objects.get().received_at == begun_at


def test_a_slow_reader_keeps_its_claim(monkeypatch, clock):
    """Reading over 50 seconds of rows must not hand the import to a second worker."""
    one, watched = make.begun_import(FIVE), work_off.ImportRun._watched

    def slowly(run, rows):
        for row in watched(run, rows):
            clock.wait(seconds=50)
            yield row

    monkeypatch.setattr(work_off, "ROWS_BETWEEN_LOOKS_AT_THE_CLOCK", 1)
    monkeypatch.setattr(work_off.ImportRun, "_watched", slowly)

    assert counts(work_to_the_end(one)) == (4, 0, 0, 1)


def test_files_that_nobody_goes_on_with_are_forgotten_after_a_week(clock):
    forgotten, later = make.uploaded_import(FIVE), timedelta(days=8)
    clock.wait(days=4)
    kept = make.uploaded_import(FIVE)

    assert control.forget_files_left_alone(forgotten.uploaded_at + later) == 1

    assert [*Import.objects.all()] == [kept]
    assert ImportFile.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_a_batch_costs_as_many_statements_however_many_rows_it_has(
    rows, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(import_rows, "ROWS_PER_BATCH", 100)
    good, bad = (f"{n}@example.com\n" for n in range(rows)), "nobody\n" * rows
    one = make.begun_import("email\n" + "".join(good) + bad)

    with django_assert_num_queries({"sqlite": 24, "postgresql": 25}[connection.vendor]):
        work_to_the_end(one)


def test_without_a_worker_a_command_works_all_of_them_off(capsys):
    make.begun_import("name\nno address\n")
    make.begun_import(FIVE)

    call_command("work_off_imports")

    assert "5" in capsys.readouterr().out
    assert [one.state for one in Import.objects.order_by("pk")] == [State.FAILED, State.DONE]
