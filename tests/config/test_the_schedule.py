"""What a worker and beat are told."""

import pytest

from config.celery import app


@pytest.fixture
def bells():
    return app.conf.beat_schedule


def test_every_bell_has_somebody_who_hears_it(bells):
    app.loader.import_default_modules()

    assert {bell["task"] for bell in bells.values()} <= app.tasks.keys()


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
