"""gunicorn.conf.py: what the web server is started with when no flag says otherwise."""

import os
import runpy

import pytest
from django.conf import settings
from gunicorn.config import Config


@pytest.fixture
def configured(monkeypatch):
    def read(**environment):
        for name in ("WEB_CONCURRENCY", "WEB_THREADS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(settings.ROOT / "gunicorn.conf.py"))

    return read


def test_gunicorn_takes_all_that_stands_there(configured):
    config, known = Config(), Config().settings
    for name, value in configured().items():
        if name in known:
            config.set(name, value)

    assert (config.worker_class_str, config.threads) == ("gthread", 4)
    assert config.workers == max(2, len(os.sched_getaffinity(0)))
    assert config.keepalive > 60  # what nginx keeps a connection for


def test_a_site_may_choose_otherwise(configured):
    chosen = configured(WEB_CONCURRENCY="7", WEB_THREADS="1")

    assert (chosen["workers"], chosen["threads"]) == (7, 1)
