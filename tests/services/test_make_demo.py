"""make demo: opens with links that work, closes without a trace, keeps what was done."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.parts import guard
from tests.parts.ports import free_port
from tests.parts.server import PATIENCE, wait_until
from tests.parts.todoku import ROOT

READY = "make demo-reset"  # stands in the last line of what is printed


class Demo:
    def __init__(self, folder, port):
        self.folder, self.port = folder, port
        self.log = folder.parent / "log.txt"
        self.family = []

    def start(self, *options):
        command = [sys.executable, "-m", "demo", f"--folder={self.folder}", f"--port={self.port}"]
        self.began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *options],
                cwd=ROOT,
                env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": "", "PYTHONUNBUFFERED": "1"},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        guard.watch("pid", self.process.pid)
        return self

    def open(self, *options):
        self.start(*options)
        wait_until(
            lambda: READY in self.said() or self.process.poll() is not None,
            "the demo is open",
            self.said,
        )
        assert self.process.poll() is None, self.said()
        self.family = [self.process.pid, *guard.descendants(self.process.pid)]
        return self

    def said(self):
        return self.log.read_text()

    def link(self, label):
        return re.search(rf"{re.escape(label)} +(\S+)", self.said())[1]

    def password(self):
        return re.search(r"admin / (\S+)", self.said())[1]

    def press(self, number):
        """A terminal sends its signals to everybody in it."""
        os.killpg(self.process.pid, number)
        self.process.wait(PATIENCE)
        guard.forget("pid", self.process.pid)

    def left_over(self):
        alive = {pid for pid, _parent in guard._parents()}
        return [pid for pid in self.family if pid in alive]


@pytest.fixture
def demo(tmp_path):
    made = Demo(tmp_path / "コーヒー 店", free_port())
    yield made
    if made.process.poll() is None:
        guard.signal_tree(made.process.pid, signal.SIGKILL)
    for pid in made.left_over():
        os.kill(pid, signal.SIGKILL)


def get(url):
    return urllib.request.urlopen(url, timeout=PATIENCE).read().decode()


def mails_in(folder):
    return sum(file.read_bytes().count(b"\nMessage-ID:") for file in folder.glob("mail/*.log"))


def test_it_opens_closes_and_keeps_what_was_done(demo):
    demo.open()
    link, password = demo.link("A customer's link (Japanese)"), demo.password()
    assert "ことり舟珈琲" in get(link)
    assert "Kotoribune Coffee" in get(demo.link("A customer's link (English)"))
    assert "ことり舟珈琲" in get(demo.link("You said, we did") + "?lang=ja")
    wait_until(lambda: mails_in(demo.folder) >= 6, "mails arrive", demo.said)
    assert get(demo.link("The mails they get")).count("/mailbox/2") >= 6
    assert (demo.folder / "secret-key").stat().st_mode & 0o777 == 0o600

    demo.press(signal.SIGINT)
    assert demo.process.returncode == 0
    assert demo.left_over() == []

    demo.open()
    assert demo.link("A customer's link (Japanese)") == link
    assert demo.password() != password
    assert "Preparing" not in demo.said()

    demo.press(signal.SIGHUP)  # the terminal was closed
    assert demo.left_over() == []


def test_a_second_one_in_the_same_place_says_where_the_first_is(demo):
    demo.folder.mkdir()
    with (demo.folder / "running").open("w") as lock:
        lock.write("http://127.0.0.1:8000\n")
        lock.flush()

        fcntl.flock(lock, fcntl.LOCK_EX)
        demo.start().process.wait(PATIENCE)

    assert demo.process.returncode == 1
    assert "The demo is running already, at http://127.0.0.1:8000" in demo.said()
    assert "Traceback" not in demo.said()


def test_a_taken_port_is_said_before_anything_is_made(demo):

    with socket.create_server(("127.0.0.1", demo.port)):
        demo.start().process.wait(PATIENCE)

    assert demo.process.returncode == 1
    assert f"Port {demo.port} cannot be used" in demo.said()
    assert f"make demo PORT={demo.port + 1}" in demo.said()
    assert [file.name for file in demo.folder.iterdir()] == ["running"]


@pytest.mark.parametrize("port", ["0", "70000", "http", "８０００"])
def test_what_is_not_a_port_is_said(port, tmp_path):
    command = [sys.executable, "-m", "demo", f"--folder={tmp_path}", f"--port={port}"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 2
    assert f"{port!r} is not a port; a port is a number from 1 to 65535" in done.stderr
