"""What is wrong with a site's settings is said before it starts, with what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from config.checks import settings_make_sense

ROOT = Path(__file__).parents[2]
GOOD = {
    "SECRET_KEY": "p" * 60,
    "SITE_URL": "https://voice.example.com",
    "SITE_HOST": "voice.example.com",
    "MAIL_FROM": "hello@example.com",
    "DEMO": False,
    "REPLY_DOMAIN": "in.example.com",
    "REPLY_FILE_MB": 5,
    "REPLY_FILES_MB": 10,
    "TRUSTED_PROXIES": 1,
}


def faults(**changes):
    with override_settings(**{**GOOD, **changes}):
        return [fault.id for fault in settings_make_sense()]


def test_good_settings_are_left_in_peace():
    assert faults() == []


@pytest.mark.parametrize("key", ["short", "django-insecure-" + "x" * 60, "change-me-" + "x" * 60])
def test_a_key_that_can_be_guessed(key):
    assert faults(SECRET_KEY=key) == ["todoku.E001"]


@pytest.mark.parametrize(
    "url",
    [
        "voice.example.com",
        "ftp://voice.example.com",
        "https://",
        "https://example.com/voice",
        "https://[::1",
        "https://example.com:99999",
        "https://example.com?a=1",
        "https://me@example.com",
        "https://exa mple.com",
        "https://" + "例" * 70 + ".jp",
        "https://example.com\nX: 1",
        "https://a..jp",
    ],
)
def test_an_address_of_which_no_link_can_be_made(url):
    assert faults(SITE_URL=url) == ["todoku.E002"]


def test_a_database_file_in_a_folder_that_is_not_there(tmp_path):
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "no" / "db")}
    with override_settings(**GOOD), pytest.MonkeyPatch.context() as patch:
        patch.setattr("config.checks.settings.DATABASES", {"default": database})
        (fault,) = settings_make_sense()

    assert (fault.id, fault.hint) == ("todoku.E003", f"Make it:  mkdir -p {tmp_path / 'no'}")


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("hello@voice.example.com", []),
        ("hello@example.com", []),
        ("hello@ample.com", ["todoku.W004"]),
        ("hello@gmail.com", ["todoku.W004"]),
        ("声@voice.example.com", ["todoku.E008"]),
        ("Acme <hello@example.com>", ["todoku.E008"]),
        ("hello@example.com\nBcc: all@example.com", ["todoku.E008"]),
        ("hello", ["todoku.E008"]),
    ],
)
def test_a_sender_of_another_domain(sender, expected):
    assert faults(MAIL_FROM=sender) == expected


def test_the_demo_is_not_shown_to_the_world():
    assert faults(DEMO=True) == ["todoku.E005"]
    here = {"SITE_URL": "http://127.0.0.1:8000", "SITE_HOST": "127.0.0.1", "TRUSTED_PROXIES": 0}
    assert faults(DEMO=True, **here) == []


def test_every_fault_says_what_to_do(tmp_path):
    bad = {"SECRET_KEY": "x", "SITE_URL": "x", "MAIL_FROM": "x@x.example", "DEMO": True}
    with override_settings(**{**GOOD, **bad}):
        found = settings_make_sense()

    assert len(found) == len(bad)
    assert all(fault.hint for fault in found)


def test_without_a_key_nothing_starts_and_the_way_on_is_said(tmp_path):
    environment = {**os.environ, "SECRET_KEY": ""}
    command = [sys.executable, "manage.py", "check"]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    assert done.returncode != 0
    assert "SECRET_KEY is not set." in done.stderr
    assert "cp .env.example .env" in done.stderr
    assert "secrets.token_urlsafe" in done.stderr


@pytest.mark.parametrize(
    ("proxies", "url", "host", "expected"),
    [
        (1, "https://voice.example.com", "voice.example.com", []),
        (0, "https://voice.example.com", "voice.example.com", ["todoku.W009"]),
        (0, "http://voice.internal", "voice.internal", []),
        (0, "http://127.0.0.1:8000", "127.0.0.1", []),
        (1, "http://127.0.0.1:8000", "127.0.0.1", ["todoku.W008"]),
        (-1, "https://voice.example.com", "voice.example.com", ["todoku.W008"]),
    ],
)
def test_proxies_that_cannot_be_there_or_are_missing(proxies, url, host, expected):
    found = faults(TRUSTED_PROXIES=proxies, SITE_URL=url, SITE_HOST=host, MAIL_FROM=f"x@{host}")

    assert found == expected


@pytest.mark.parametrize(
    "domain", ["in example.com", "reply@example.com", "https://in.example.com", "a..b", "@"]
)
def test_a_domain_that_no_mail_can_come_to(domain):
    assert faults(REPLY_DOMAIN=domain) == ["todoku.E010"]


def test_without_a_domain_answers_come_to_the_sender():
    assert faults(REPLY_DOMAIN="") == []


@pytest.mark.parametrize(("one", "together"), [(0, 10), (11, 10), (5, 19), (-1, -1)])
def test_files_that_no_mail_can_carry(one, together):
    assert faults(REPLY_FILE_MB=one, REPLY_FILES_MB=together) == ["todoku.E011"]
