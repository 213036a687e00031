"""What the settings make of the environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOOK = """
import json, sys
from config import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def settings(*names, **environment):
    """Of a process of its own: settings are read once."""
    kept = {name: os.environ[name] for name in ("PATH", "SECRET_KEY") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, *names],
        cwd=ROOT,
        env={**kept, "DATABASE_URL": "sqlite:////tmp/x.sqlite3", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_a_site_behind_https_keeps_its_cookies_to_itself():
    found = settings(
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SITE_HOST",
        SITE_URL="https://voice.example.com/",
    )

    assert found == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SITE_HOST": "voice.example.com",
    }


def test_the_sender_is_of_the_sites_domain_unless_said_otherwise():
    assert settings("MAIL_FROM", SITE_URL="https://voice.example.com") == {
        "MAIL_FROM": "voice@voice.example.com"
    }


def test_a_site_with_a_japanese_name_is_called_as_headers_and_browsers_call_it():
    names = ["SITE_URL", "SITE_HOST", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "MAIL_FROM"]

    found = settings(*names, SITE_URL="https://お客様.例え.jp:8443/", ALLOWED_HOSTS="声.jp,.a.jp")

    host = "xn--t8jy81k35i.xn--r8jz45g.jp"
    assert found == {
        "SITE_URL": f"https://{host}:8443",
        "SITE_HOST": host,
        "ALLOWED_HOSTS": [host, "xn--4qs.jp", ".a.jp"],
        "CSRF_TRUSTED_ORIGINS": [f"https://{host}:8443"],
        "MAIL_FROM": f"voice@{host}",
    }


def test_a_sender_of_a_japanese_domain_is_written_in_ascii():
    found = settings("MAIL_FROM", SITE_URL="https://例え.jp", MAIL_FROM="voice@例え.jp")

    assert found == {"MAIL_FROM": "voice@xn--r8jz45g.jp"}


def test_nobody_is_believed_about_https_without_a_proxy_of_ours():
    found = settings("SECURE_PROXY_SSL_HEADER", SITE_URL="https://voice.example.com")
    assert found == {"SECURE_PROXY_SSL_HEADER": None}


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("sqlite:////tmp/x.sqlite3", "django.db.backends.sqlite3"),
        ("postgres://todoku:secret@db:5432/todoku", "lib.database.postgresql"),
    ],
)
def test_either_database_is_one_address(url, engine):
    found = settings("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]
    assert found["ENGINE"] == engine


def test_sqlite_lets_readers_read_while_one_writes():
    options = settings("DATABASES")["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_the_demo_is_off_unless_asked_for():
    assert settings("DEMO") == {"DEMO": False}
