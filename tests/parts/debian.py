"""tests/parts/debian.py PART... -- installs from Debian what the tests need and is not there yet.

Run by the Makefile. Root on a Debian machine gets it installed; everybody else is told the line.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def has_program(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


def has_japanese_font() -> bool:
    fonts = (Path(folder) for folder in ("/usr/share/fonts", "/usr/local/share/fonts"))
    return any(list(folder.rglob("*CJK*")) for folder in fonts)


PARTS: dict[str, tuple[str, Callable[[], bool]]] = {
    "venv": ("python3-venv", lambda: importlib.util.find_spec("ensurepip") is not None),
    "messages": ("gettext", lambda: has_program("msgfmt")),
    "browser": ("chromium", lambda: has_program("chromium", "chromium-browser", "google-chrome")),
    "font": ("fonts-noto-cjk", has_japanese_font),
}


def install(packages: list[str]) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quietly = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*quietly, *step], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode:
            sys.exit(f"{done.stdout}\napt-get {' '.join(step)} failed, see above")


def main() -> None:
    wanted = [PARTS[name] for name in sys.argv[1:]]
    missing = [package for package, is_there in wanted if not is_there()]
    if not missing:
        return
    if os.geteuid() != 0 or not has_program("apt-get"):
        sys.exit(
            f"Something is not installed. To install it:\n\n"
            f"    apt-get install {' '.join(missing)}\n"
        )
    print(f"Installing {', '.join(missing)} …", flush=True)
    install(missing)


if __name__ == "__main__":
    main()
