"""The demo's workspace: a folder of its own, a port, and the environment of its processes."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "demo"


class CannotStart(Exception):
    """The demo cannot start; the message says what is wrong, and what to do."""


@dataclass(frozen=True)
class Workspace:
    """The folder that keeps all of a demo, and the port of its pages."""

    folder: Path = FOLDER
    port: int = 8000

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def schedule_file(self) -> Path:
        return self.folder / "bells"

    def environment(self) -> dict[str, str]:
        """The caller's environment, but for all that decides what is read and written."""
        at = quote(str(self.folder))
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO": "on",
            "DEBUG": "off",
            "SECRET_KEY": self._secret_key(),
            "SECRET_KEY_FALLBACKS": "",
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "localhost",
            "DATABASE_URL": f"sqlite:///{at}/todoku.sqlite3",
            "CELERY_BROKER_URL": f"filesystem://localhost{at}/broker",
            "EMAIL_URL": f"filemail:///{at}/mail",
            "STATIC_ROOT": str(self.folder / "static"),
            "MAIL_FROM": "voice@kotoribune.example",
            "COMPANY_NAME_JA": "ことり舟珈琲",
            "COMPANY_NAME_EN": "Kotoribune Coffee",
            "COMPANY_ADDRESS": "〒000-0000 星見市汐見町1-2-3",
            "ASK_AGAIN_AFTER_DAYS": "90",
            "TRUSTED_PROXIES": "0",
            "TIME_ZONE": "Asia/Tokyo",
            "BELL_EVERY_SECONDS": "3",
            "LOG_LEVEL": "WARNING",
        }

    def _secret_key(self) -> str:
        """The secret key, made once: links in mails that are out go on working."""
        file = self.folder / "secret-key"
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            with open(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as key:
                key.write(secrets.token_urlsafe(50))
        return file.read_text()

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Lock the folder until the end, however it comes: one demo at a time, or CannotStart."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "running", "a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise CannotStart(
                    f"The demo is running already, at {lock.read().strip()}\n"
                    f"To stop it, press Ctrl-C where it was started."
                ) from None
            lock.truncate(0)
            print(self.url, file=lock, flush=True)
            yield

    def check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                raise CannotStart(
                    f"Port {self.port} cannot be used: {error.strerror}.\n"
                    f"Take another one:  make demo PORT={_another(self.port)}"
                ) from None

    def forget(self) -> None:
        """Delete what the demo made; the lock file stays, because we are holding it."""
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != "running":
                path.unlink()


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8001
