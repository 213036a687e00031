"""python -m config.compile_messages FILE.po ... compiles translations, or says what is wrong.

In pure Python, so that the demo speaks Japanese on a machine without gettext.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


def compile_catalogue(file: Path) -> list[str]:
    """Write FILE.mo beside FILE.po; return the faults, and then nothing was written."""
    try:
        catalogue = _read(file)
    except (PoFileError, UnicodeDecodeError) as error:
        return [f"{file}: {error}"]
    if not (faults := list(_faults(file, catalogue))):
        _write(catalogue, file.with_suffix(".mo"))
    return faults


def _read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, abort_invalid=True)


def _faults(file: Path, catalogue: Catalog) -> Iterator[str]:
    """Faults of messages: a placeholder that only one language has would break its page."""
    for message, errors in catalogue.check():
        for error in errors:
            yield f"{file}:{message.lineno}: {error}: {message.id}"


def _write(catalogue: Catalog, file: Path) -> None:
    """Write the file aside, and rename it when whole: a server may be reading the old one."""
    aside = file.with_suffix(f".{os.getpid()}.aside")
    with aside.open("wb") as stream:
        write_mo(stream, catalogue)
    os.replace(aside, file)


def main() -> None:
    faults = [fault for name in sys.argv[1:] for fault in compile_catalogue(Path(name))]
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
