"""Before the demo opens: its tables and its story, made when missing, renewed with the code."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys

from demo.workspace import ROOT, Workspace

WHAT_TABLES_COME_FROM = ("*/migrations/*.py", "requirements.txt")


def prepare(place: Workspace) -> None:
    # Bells of last time, which nobody is waiting for any more.
    shutil.rmtree(place.folder / "broker", ignore_errors=True)
    done, wanted = place.folder / "furnished", _fingerprint()
    if done.exists() and done.read_text() == wanted:
        return
    print("Preparing the demo; the first time it takes some seconds …", flush=True)
    (place.folder / "static").mkdir(exist_ok=True)  # empty: files are served where they are
    _manage(place, "migrate")
    _manage(place, "load_demo", "--if-empty")
    done.write_text(wanted)


def _fingerprint() -> str:
    """Of all that decides what the tables look like."""
    files = sorted(file for pattern in WHAT_TABLES_COME_FROM for file in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _manage(place: Workspace, *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command, "--verbosity=0"],
        cwd=ROOT,
        env=place.environment(),
        check=True,
    )
