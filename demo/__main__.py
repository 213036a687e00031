"""`make demo`: try Todoku on this machine, with a made-up company, and nothing to set up first."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from demo import prepare, serve
from demo.workspace import FOLDER, CannotStart, Workspace


def main() -> int:
    arguments = _read_arguments()
    workspace = Workspace(arguments.folder.resolve(), arguments.port)
    try:
        with workspace.occupied():
            workspace.check_port()
            if arguments.reset:
                workspace.forget()
            prepare.prepare(workspace)
            return serve.run(workspace)
    except CannotStart as reason:
        print(f"\n{reason}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped before it was ready.", file=sys.stderr)
        return 130
    except subprocess.CalledProcessError:
        return 1  # what went wrong stands above, in the words of the command that failed


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--port", type=_port, default=8000, help="where the pages are; %(default)s")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where everything is kept")
    parser.add_argument("--reset", action="store_true", help="forget what was kept, begin again")
    return parser.parse_args()


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed) < 65536):
        raise argparse.ArgumentTypeError(
            f"{typed!r} is not a port; a port is a number from 1 to 65535, such as 8001"
        )
    return int(typed)


if __name__ == "__main__":
    sys.exit(main())
