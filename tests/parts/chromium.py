"""The system's Chromium, and how playwright is to start it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypedDict

from tests.parts.server import MissingPart, program

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--no-first-run",
]


class Launch(TypedDict):
    """The arguments of playwright's `launch`."""

    executable_path: str
    headless: bool
    args: list[str]


def chromium_program() -> Path:
    found = program(*NAMES, also_in=("/usr/bin", "/usr/local/bin"))
    if not found:
        raise MissingPart("Chromium", install="apt-get install chromium fonts-noto-cjk")
    return found


def launch() -> Launch:
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root
    return {"executable_path": str(chromium_program()), "headless": True, "args": SWITCHES + alone}
