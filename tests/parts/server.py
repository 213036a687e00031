"""What all parts have in common: a process that can be hurt."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self, TypedDict

from tests.parts import guard

PATIENCE = 300  # seconds a part may take to answer: a very busy machine, not a broken one


class MissingPart(Exception):
    """A program is not there. The message is the line that installs it."""

    def __init__(self, what: str, *, install: str) -> None:
        super().__init__(f"{what} is not installed. To install it:\n\n    {install}\n")


class Server:
    """One process with a folder and a log of its own. Subclasses say `command` and `answers`."""

    name = "server"
    user: str | None = None  # run as this user; only root can

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"todoku-{self.name}-"))
        guard.watch("dir", self.folder)
        self.log = self.folder / "log.txt"
        self._log_before = 0
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def environment(self) -> Mapping[str, str]:
        return os.environ

    def answers(self) -> bool:
        raise NotImplementedError

    @property
    def pid(self) -> int:
        assert self._process, f"{self.name} was not started"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def children(self) -> list[int]:
        return guard.descendants(self.pid)

    def start(self) -> Self:
        """Start, on the data of last time if there was one, and return when it answers."""
        if self.is_running:
            return self
        self._log_before = len(self._log())
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command(),
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **as_user(self.user),
            )
        guard.watch("pid", self.pid)
        wait_until(lambda: not self.is_running or self.answers(), f"{self.name} answers", self.tail)
        if not self.is_running:
            self._ended()
            raise RuntimeError(f"{self.name} ended while starting:\n{self.tail()}")
        return self

    def freeze(self) -> None:
        """SIGSTOP: connections are accepted by the system and then nothing happens."""
        guard.signal_tree(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        guard.signal_tree(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """kill -9 it and its children; what was not written is lost."""
        if self.is_running:
            guard.signal_tree(self.pid, signal.SIGKILL)
            self._ended()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end; kill it when it does not."""
        if not self.is_running:
            return
        self.thaw()
        os.kill(self.pid, number)
        try:
            self._wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        else:
            self._ended()

    def close(self) -> None:
        """Stop and remove every trace."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        guard.forget("dir", self.folder)

    def said(self, words: str) -> bool:
        """Whether these words are in the log since it was last started."""
        return words in self._log()[self._log_before :]

    def tail(self, lines: int = 30) -> str:
        return "\n".join(self._log().splitlines()[-lines:])

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(self, *_: object) -> None:
        self.close()

    def _log(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _wait(self, seconds: float | None = None) -> None:
        assert self._process
        self._process.wait(seconds)

    def _ended(self) -> None:
        self._wait()
        guard.forget("pid", self.pid)


class AsUser(TypedDict, total=False):
    user: str
    group: int
    extra_groups: list[str]


def as_user(user: str | None) -> AsUser:
    """The arguments that make subprocess run something as another user, in no extra groups."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def wait_until(
    it_is_so: Callable[[], object],
    what: str = "it is so",
    explain: Callable[[], str] = str,
    *,
    seconds: float = PATIENCE,
) -> None:
    """Ask again and again; fail with what was waited for and an explanation."""
    deadline = time.monotonic() + seconds
    while not it_is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s until {what}, in vain\n{explain()}")
        time.sleep(0.05)


def program(*names: str, also_in: tuple[str, ...] = ()) -> Path | None:
    """The first of these programs that is on the PATH or in one of the folders."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *also_in])
    found = (shutil.which(name, path=path) for name in names)
    return next((Path(each).resolve() for each in found if each), None)
