"""A log reader must not be able to answer in a customer's name, nor learn who the customers are."""

import logging
import runpy
import subprocess
import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from lib import tokens
from lib.http import logs
from lib.http.logs import masked

ROOT = Path(__file__).parents[3]
TOKEN = "42.Fq3-dG5hWmF0b3JfYm9va19vZl9zZWNyZXRzX19fX1k"


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("GET /s/42.secret/ 200", "GET /s/…/ 200"),
        ("GET /s/42.secret/thanks/?lang=ja", "GET /s/…/thanks/?lang=ja"),
        ("GET /s/42.secret?score=9", "GET /s/…?score=9"),
        ('"GET /u/42.secret" 404', '"GET /u/…" 404'),
        ('"GET /u/42.secret HTTP/1.1" 404', '"GET /u/… HTTP/1.1" 404'),
        ("https://todoku.example/u/42.secret", "https://todoku.example/u/…"),
        ("two: /s/1.a/ and /u/2.b/", "two: /s/…/ and /u/…/"),
        ("GET /f/shop/ 200", "GET /f/shop/ 200"),
        ("GET /static/css/ink.css", "GET /static/css/ink.css"),
        ("took 0.30000000000000004 s", "took 0.30000000000000004 s"),
        ("/api/s3/42", "/api/s3/42"),
    ],
)
def test_secret_links_are_hidden_and_nothing_else(line, hidden):
    assert masked(line) == hidden


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /s/ {}/",
        "GET /s/%20{}/ HTTP/1.1",
        "GET /s//{}",
        "GET //s/{}",
        "GET /S/{}/",
        "GET %2Fs%2F{}%2F",
        "GET /%73/{}/",
        "GET /s/{}.",
        "GET /s/{}%0d%0a",
        "GET /s/x{}y/",
        "GET /{}",
        "GET /x?next=/s/{}/&a=1",
        "GET /x?token={}",
        'GET /f/shop/ "https://voice.example.com/s/{}/" "Mozilla"',
        "ValueError: invalid literal for int() with base 10: '{}'",
        "<Invitation {}>",
        "Not Found: /s/=\\n{}",
    ],
)
def test_a_token_is_hidden_however_its_address_is_written(line):
    number, secret = TOKEN.split(".")
    for token in (TOKEN, TOKEN.upper(), f"{number}%2E{secret}", f"{number}%252e{secret}"):
        assert secret[4:30].lower() not in masked(line.format(token)).lower()


@pytest.mark.parametrize("place", [3, 10, 30])
def test_a_token_that_a_space_cuts_in_two_is_hidden_with_both_halves(place):
    left, right = TOKEN[:place], TOKEN[place:]

    assert masked(f"Not Found: /s/{left} {right}/") == "Not Found: /s/…/"


def test_percent_encoded_digits_are_digits():
    number, secret = TOKEN.split(".")
    encoded = "".join(f"%{ord(digit):x}" for digit in number)

    assert secret not in masked(f"GET /x/{encoded}.{secret}/")


def test_the_tokens_we_make_have_the_shape_that_is_hidden(settings):
    for pk in (1, 10**17):
        assert masked(tokens.make("answer", pk)) == "…"


@pytest.mark.parametrize(
    "line",
    [
        "Recipient refused: tanaka@example.com",
        "{'tanaka@example.com': (550, b'5.1.1 <tanaka@example.com>: no such user')}",
        "DETAIL:  Key (lower(email::text))=(tanaka@example.com) already exists.",
        "UNIQUE: email=tanaka@example.com;",
        "GET /admin/surveys/customer/?q=tanaka%40example.com",
        "GET /admin/surveys/customer/?q=tanaka%2540example.com",
        'to="tanaka..x"@docomo.ne.jp',
        "tanaka..x@docomo.ne.jp.",
        "tanaka.@ezweb.ne.jp",
        "tanaka%40example%2Ecom",
        "tanaka@例え。jp",
        "tanaka@[IPv6:2001:db8::1]",
        "tanaka@[192.0.2.1]",
        "tanaka@例え.jp",
        "tanaka＠example.com",
        "smtp://tanaka:secret@mail.example.com:25",
        "mailto:tanaka@example.com?subject=x",
        "To: 田中 <tanaka@example.com>, x@y.jp",
    ],
)
def test_addresses_are_hidden_in_every_dress(line):
    hidden = masked(line)

    assert "tanaka" not in hidden.replace("smtp://tanaka:", "")
    assert "example.com" not in hidden
    assert "…@…" in hidden


@pytest.mark.parametrize(
    "line",
    [
        "    @transaction.atomic",
        "a @ b",
        "Topic: 12 of 3.4",
        "voc.tasks.train[8c1f-22]",
        "celery@localhost ready.",
    ],
)
def test_what_is_no_address_stays(line):
    assert masked(line) == line


def test_masking_is_quick_however_long_the_line():
    for part in ("a", "1", "%31", "/s/", "1.", "@", "a b "):
        masked(part * 100_000)


def written(log_it):
    """What a handler with our formatter writes."""
    stream, log = StringIO(), logging.Logger("x")
    log.addHandler(logging.StreamHandler(stream))
    logs.mask(log)
    log_it(log)
    return stream.getvalue()


def test_it_is_hidden_in_what_is_filled_in_and_in_a_traceback():
    def fail(log):
        try:
            raise ValueError(f"Key (email)=(tanaka@example.com) of /s/ {TOKEN}/")
        except ValueError:
            log.exception("%s: %s", "Not Found", f"/s/{TOKEN}/")

    line = written(fail)

    assert "Traceback" in line
    assert "…@…" in line
    assert TOKEN not in line
    assert "tanaka" not in line


def test_a_mask_keeps_the_format_that_was_there():
    stream, log = StringIO(), logging.Logger("x")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("[%(levelname)s] %(message)s"))
    log.addHandler(handler)
    logs.mask(log)

    log.warning("to %s", "tanaka@example.com")

    assert stream.getvalue() == "[WARNING] to …@…\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/s/ {}/", "/s//{}", "/S/{}/", "/{}/", "/f/{}/", "/s/{}/?x=%00", "/x?to=/s/{}/"]
)
def test_djangos_own_lines_about_faults_tell_no_token(client, capsys, path):
    logging.getLogger("django.request").handlers[:] = []
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.MaskingFormatter())
    logging.getLogger().addHandler(handler)
    try:
        client.get(quote(path.format(TOKEN), safe="/?=%"))
    finally:
        logging.getLogger().removeHandler(handler)

    assert TOKEN.split(".")[1] not in stream.getvalue()


WORKER = """
import logging
from config.celery import app
import django; django.setup()
app.log.setup("INFO", redirect_stdouts=False)
try:
    raise ValueError("refused: tanaka@example.com")
except ValueError:
    for name in ("celery.app.trace", "celery.worker", "celery.task", "voc"):
        logging.getLogger(name).exception("Task failed for /s/%s/", "{token}")
"""


def test_a_workers_log_is_masked_too():
    done = subprocess.run(
        [sys.executable, "-c", WORKER.replace("{token}", TOKEN)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    written = done.stdout + done.stderr

    assert written.count("Task failed") == 4
    assert "tanaka" not in written
    assert TOKEN.split(".")[1] not in written


def test_gunicorns_logs_are_masked_too(tmp_path):
    config = Config()
    for name in ("accesslog", "errorlog"):
        config.set(name, str(tmp_path / name))
    log = Logger(config)
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))["on_starting"](SimpleNamespace(log=log))

    log.access_log.info('"GET /s/%%20%s/ HTTP/1.1" 404 "https://x.example/s/%s/"', TOKEN, TOKEN)
    try:
        raise ValueError("tanaka@example.com")
    except ValueError:
        log.exception("Error handling request /s//%s", TOKEN)

    access, error = ((tmp_path / name).read_text() for name in ("accesslog", "errorlog"))
    assert access == '"GET /s/…/ HTTP/1.1" 404 "https://x.example/s/…/"\n'
    assert "[ERROR] Error handling request /s//…\n" in error
    assert "ValueError: …@…" in error
