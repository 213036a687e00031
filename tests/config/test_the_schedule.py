"""What a worker and beat are told."""

import subprocess
import sys

import pytest

from config.celery import app, know_the_tasks


@pytest.fixture
def bells():
    return app.conf.beat_schedule


def test_every_bell_has_somebody_who_hears_it(bells):
    know_the_tasks()

    assert {bell["task"] for bell in bells.values()} <= app.tasks.keys()


def test_beat_loads_nothing_that_reads_a_text():
    """What it calls by name it need not know; the dictionaries would cost it seconds and memory."""
    loads = "import sys; from config.celery import app; app.loader.init_worker(); app.finalize(); "
    told = f"{loads}print({{'voc.tasks', 'textblob', 'sklearn'}} & sys.modules.keys())"

    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_a_bell_that_nobody_heard_is_thrown_away(bells):
    for bell in bells.values():
        assert bell["options"]["expires"] > 0


def test_a_worker_that_dies_gives_its_bell_back():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1


def test_workers_close_connections_that_the_database_has_left():
    """Celery's fixup for Django does; it is there only when settings were named before the app."""
    assert [type(fixup).__name__ for fixup in app._fixups] == ["DjangoFixup"]
