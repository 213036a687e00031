"""Prepare the demo before it opens: tables and story, made when missing, renewed with the code."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys

from demo.workspace import ROOT, Workspace

SOURCES_OF_TABLES = ("*/migrations/*.py", "requirements.txt")


def prepare(workspace: Workspace) -> None:
    # Messages of last time, which nobody is waiting for any more.
    shutil.rmtree(workspace.folder / "broker", ignore_errors=True)
    stamp, fingerprint = workspace.folder / "furnished", _fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    print("Preparing the demo; the first time it takes some seconds …", flush=True)
    (workspace.folder / "static").mkdir(exist_ok=True)  # empty: files are served where they are
    _manage(workspace, "migrate")
    _manage(workspace, "load_demo", "--if-empty")
    stamp.write_text(fingerprint)


def _fingerprint() -> str:
    """The hash of all files that decide what the tables look like."""
    files = sorted(file for pattern in SOURCES_OF_TABLES for file in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _manage(workspace: Workspace, *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command, "--verbosity=0"],
        cwd=ROOT,
        env=workspace.environment(),
        check=True,
    )
