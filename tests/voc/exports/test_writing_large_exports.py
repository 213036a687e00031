"""A worker writes large exports, part by part; killed or stopped, every line is there once."""

import tracemalloc
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from tests import make
from tests.voc.exports.plain import table_of
from voc.exports import ask, work_off
from voc.exports.download import FileIsGone, content_of
from voc.models import Export, ExportPart, Feedback
from voc.models.exports import KEPT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
State = Export.State


@pytest.fixture(autouse=True)
def _two_items_a_part(monkeypatch):
    monkeypatch.setattr(ask, "ITEMS_PER_PART", 2)
    monkeypatch.setattr(ask, "PARTS_KEPT_AT_A_TIME", 2)


@pytest.fixture
def one_part_a_slice(monkeypatch):
    monkeypatch.setattr(work_off, "run_batches", lambda part: part())


class Killed(BaseException):
    """The worker is gone: nothing catches it, and nothing is written after it."""


def work(now=timezone.now):
    return work_off.write_next(now)


def written(export):
    while work() is not None:
        pass
    export.refresh_from_db()
    return export


def text_of(export):
    return b"".join(content_of(export)).decode()


def words_in(export):
    return [line.rpartition(",")[2] for line in text_of(export).splitlines()[1:]]


def items(*words):
    return [make.feedback(each) for each in words]


def in_the_order_of_the_list():
    return list(Feedback.objects.all())


def all_kinds_of_items():
    """Items with everything a line can say, and with nothing of it."""
    rust, late = make.topic("rust"), make.topic("=late")
    mori = make.staff(name="mori")
    for n, words in enumerate(["田中様、090-1234-5678へ", '"a", b\nc', "=1+1", "", "ﾃｽﾄ🙂"]):
        said = make.response(n, f"{words} {n}").feedback
        said.tags.create(topic=rust, start=9, end=12)
        said.tags.create(topic=late, start=1, end=3)
        kind = {"owner": mori, "urgency": "churn", "intent": "complaint", "sentiment": "negative"}
        Feedback.objects.filter(pk=said.pk).update(language="ja", **(kind if n % 2 else {}))
    items("+49 30 1234567", "plain")


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_holds_just_what_the_plain_way_writes(masked, language):
    all_kinds_of_items()

    export = written(make.export(masked=masked, language=language))

    with translation.override(language):
        assert text_of(export) == table_of(in_the_order_of_the_list(), masked=masked)
    assert (export.state, export.items, export.lines, export.gone) == (State.DONE, 7, 7, 0)


@pytest.mark.parametrize("masked", [True, False])
def test_one_made_at_once_and_one_made_by_a_worker_are_the_same(masked):
    all_kinds_of_items()

    at_once = ask.table_at_once(
        Feedback.objects.all(), masked=masked, by=make.staff(), now=timezone.now()
    )

    assert at_once == text_of(written(make.export(masked=masked)))


def test_what_was_chosen_is_in_it_whatever_comes_meanwhile(one_part_a_slice):
    for n in range(5):
        make.feedback(f"slow {n}")
    make.feedback("something else")
    chosen = Feedback.objects.filter(text__contains="slow").order_by("pk")
    export = ask.ask(chosen, masked=True, language="en", by=make.staff(), now=timezone.now())

    while work() is not None:
        make.feedback("slow too")
        Feedback.objects.filter(text="slow 4").update(status="dismissed")
    export.refresh_from_db()

    assert words_in(export) == [f"slow {n}" for n in range(5)]
    assert "dismissed" in text_of(export)  # as it was when its line was written


def test_what_is_deleted_meanwhile_is_counted_as_gone():
    items("a", "b", "c")
    export = make.export()
    Feedback.objects.filter(text="b").delete()

    written(export)

    assert words_in(export) == ["c", "a"]
    assert (export.state, export.items, export.lines, export.gone) == (State.DONE, 3, 2, 1)


def test_nothing_is_on_record_as_complete_before_it_is_whole(one_part_a_slice):
    items("a", "b", "c")
    export = make.export()
    seen = []

    while work() is not None:
        export.refresh_from_db()
        seen.append((export.state, export.lines, export.is_kept(timezone.now())))

    assert seen == [
        (State.RUNNING, 2, False),
        (State.RUNNING, 3, False),
        (State.DONE, 3, True),
    ]


def test_a_killed_worker_loses_and_doubles_no_line(monkeypatch):
    items("a", "b", "c", "d", "e")
    export = make.export()
    store = work_off.ExportRun._store

    def killed_at_the_second(run, part, lines):
        store(run, part, lines)
        if part.number == 1:
            raise Killed

    monkeypatch.setattr(work_off.ExportRun, "_store", killed_at_the_second)
    with pytest.raises(Killed):
        work()
    monkeypatch.undo()
    export.refresh_from_db()

    assert (export.state, export.done) == (State.RUNNING, 4)
    assert work() is None  # a minute long it is still the other's
    assert work(lambda: timezone.now() + timedelta(minutes=2)) == 1
    export.refresh_from_db()
    assert words_in(export) == ["e", "d", "c", "b", "a"]


def test_whoever_was_thought_dead_writes_nothing_any_more(monkeypatch):
    items("a", "b", "c")
    export = make.export()
    claimed = Export.objects.claim(timezone.now())
    late = work_off.ExportRun(claimed, timezone.now)
    Export.objects.update(claimed_until=timezone.now())

    written(export)
    with pytest.raises(work_off.ClaimIsLost):
        late._write()

    assert words_in(export) == ["c", "b", "a"]


def test_the_claim_is_held_however_long_the_words_are(monkeypatch):
    monkeypatch.setattr(work_off, "LINES_BETWEEN_LOOKS_AT_THE_CLOCK", 1)
    items("a", "b")
    export, now = make.export(), timezone.now()
    claimed = Export.objects.claim(now)
    run = work_off.ExportRun(claimed, lambda: now + timedelta(seconds=30))

    assert list(run._watched(["one line"])) == ["one line"]

    export.refresh_from_db()
    assert export.claimed_until == now + timedelta(seconds=90)


def test_what_stops_every_worker_is_set_aside_and_can_be_tried_again(monkeypatch):
    items("a")
    export = make.export()
    with monkeypatch.context() as patch:
        patch.setattr(work_off, "lines_of", lambda ids, masked: 1 / 0)
        for n in range(6):
            later = timezone.now() + n * timedelta(minutes=2)
            if n < 5:
                with pytest.raises(ZeroDivisionError):
                    work(lambda at=later: at)
            else:
                assert work(lambda at=later: at) is None
    export.refresh_from_db()
    assert (export.is_set_aside, export.state) == (True, State.WAITING)

    assert ask.try_again(export)

    assert written(export).state == State.DONE


def test_a_stopped_export_leaves_nothing(one_part_a_slice):
    items("a", "b", "c")
    export = make.export()
    work()

    assert ask.stop(export, now=timezone.now())

    assert work() is None
    assert not ask.stop(export, now=timezone.now())
    assert written(export).state == State.STOPPED
    assert not ExportPart.objects.exists()


@pytest.mark.parametrize("lost", ["account", "right", "person"])
def test_it_ends_when_whoever_asked_may_not_have_it_any_more(lost, one_part_a_slice):
    person = User.objects.create_user("mori", is_staff=True)
    both = Permission.objects.filter(codename__in=["view_feedback", "export_unmasked"])
    person.user_permissions.set(both)
    items("a", "b", "c")
    export = make.export(by=person, masked=False)
    work()

    if lost == "account":
        User.objects.filter(pk=person.pk).update(is_active=False)
    elif lost == "right":
        person.user_permissions.remove(both.get(codename="export_unmasked"))
    else:
        person.delete()

    assert written(export).state == State.REFUSED
    assert not ExportPart.objects.exists()


def test_small_ones_do_not_wait_for_large_ones(one_part_a_slice):
    items("a", "b", "c", "d", "e")
    large = make.export()
    work()
    small = ask.ask(
        Feedback.objects.filter(text="a"),
        masked=True,
        language="en",
        by=make.staff(),
        now=timezone.now(),
    )

    work()
    work()

    assert Export.objects.get(pk=small.pk).state == State.DONE
    assert Export.objects.get(pk=large.pk).state == State.RUNNING


def test_one_export_is_written_a_person_at_a_time():
    mori, sato = make.staff(name="mori"), make.staff(name="sato")
    items("a")
    first = make.export(by=mori)

    assert make.export(by=mori) == first
    assert make.export(by=sato) != first
    written(first)
    assert make.export(by=mori) != first


def test_the_file_goes_after_a_day_and_the_record_stays():
    items("a", "b", "c")
    export = written(make.export())
    before, after = export.ended_at + KEPT - timedelta(seconds=1), export.ended_at + KEPT

    assert (export.is_kept(before), export.is_kept(after)) == (True, False)
    assert (ask.delete_old_files(before), ExportPart.objects.count()) == (0, 2)
    assert (ask.delete_old_files(after), ExportPart.objects.count()) == (1, 0)
    assert ask.delete_old_files(after) == 0
    export.refresh_from_db()
    assert (export.state, export.lines) == (State.DONE, 3)


def test_what_was_set_aside_for_a_day_is_on_record_as_broken_off():
    items("a")
    export = make.export()
    Export.objects.update(attempts=5)

    assert ask.delete_old_files(timezone.now() + KEPT) == 1

    export.refresh_from_db()
    assert (export.state, ExportPart.objects.count()) == (State.FAILED, 0)


def test_a_download_that_loses_its_file_does_not_seem_whole():
    items("a", "b", "c")
    content = content_of(written(make.export()))
    next(content)
    ExportPart.objects.all().delete()

    with pytest.raises(FileIsGone):
        next(content)


def test_it_is_written_here_and_now_by_a_command(capsys):
    items("a", "b", "c")
    export = make.export()

    call_command("write_exports")

    assert capsys.readouterr().out == "3 lines were written.\n"
    export.refresh_from_db()
    assert export.state == State.DONE


@pytest.mark.parametrize("parts", [1, 3])
def test_a_part_costs_the_same_however_many_there_are(parts, monkeypatch):
    monkeypatch.setattr(ask, "ITEMS_PER_PART", 3)
    for n in range(parts * 3):
        make.response(n % 11, "Too slow").feedback.tags.create(topic=make.topic())
    make.export()
    claimed = Export.objects.select_related("by").claim(timezone.now())
    run = work_off.ExportRun(claimed, timezone.now)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        while run.next_part():
            pass

    # The part, its items, tags, topics, a savepoint, how far it is, the lines, the savepoint;
    # and at the end that there is no more, and three to say so.
    assert len(asked) == 8 * parts + 4


def test_its_memory_is_that_of_a_part(monkeypatch):
    """Four times as many lines, and no more of them in memory at once."""
    monkeypatch.setattr(ask, "ITEMS_PER_PART", 100)
    monkeypatch.setattr(ask, "PARTS_KEPT_AT_A_TIME", 2)
    text = "The parcel came late and was crushed. " * 20

    def peak(items):
        Feedback.objects.all().delete()
        Feedback.objects.bulk_create(
            [Feedback(text=f"{n} {text}", channel="review") for n in range(items)]
        )
        tracemalloc.start()
        export = written(make.export(by=make.staff()))
        lines = sum(part.count(b"\r\n") for part in content_of(export))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert lines == items + 1
        return most

    peak(200)  # what is loaded once

    assert peak(4000) < 1.5 * peak(1000)
