"""Who imports whom, read from the code: python -m tests.imports [FOLDER]

Prints the map of the house: the subjects of every room (its folders, and the modules beside them),
floor by floor, and how many arrows run between them. A subject stands above all that it imports.
FOLDER is another checkout, to compare with.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ["lib", "surveys", "voc", "reports", "demo"]

Arrows = dict[str, set[str]]


def python_files(*names: str, root: Path = ROOT) -> Iterator[Path]:
    for path in (root / name for name in names):
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        yield from (f for f in files if f.exists() and "migrations" not in f.parts)


def imported_by(file: Path) -> Iterator[str]:
    """Whole dotted names, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def between_modules(*rooms: str, root: Path = ROOT) -> Arrows:
    """For each module of the rooms, by its dotted name, those of them that it imports.

    The face of a folder (its __init__) only hands names on, so no arrow begins there.
    """
    files = {dotted(f, root): f for f in python_files(*rooms, root=root)}
    return {
        name: set() if f.name == "__init__.py" else (set(imported_by(f)) & files.keys()) - {name}
        for name, f in files.items()
    }


def between_subjects(modules: Arrows) -> Arrows:
    """The same of subjects."""
    subjects: Arrows = {}
    for name, imported in modules.items():
        mine = subjects.setdefault(_subject(name), set())
        mine |= {_subject(other) for other in imported} - {_subject(name)}
    return {name: arrows - set(ROOMS) for name, arrows in subjects.items() if name not in ROOMS}


def reachable_from(name: str, arrows: Arrows) -> set[str]:
    seen: set[str] = set()
    ahead = list(arrows[name])
    while ahead:
        if (here := ahead.pop()) not in seen:
            seen.add(here)
            ahead.extend(arrows[here])
    return seen


def floors(arrows: Arrows) -> list[list[str]]:
    """From the ground up: first what imports nothing. What runs in a circle is left out."""
    standing: list[list[str]] = []
    left = dict(arrows)
    while free := sorted(name for name, below in left.items() if not below & left.keys()):
        standing.append(free)
        left = {name: below for name, below in left.items() if name not in free}
    return standing


def dotted(file: Path, root: Path = ROOT) -> str:
    name = ".".join(file.relative_to(root).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _subject(module: str) -> str:
    return ".".join(module.split(".")[:2])


def main(root: Path) -> None:
    modules = between_modules(*ROOMS, root=root)
    subjects = between_subjects(modules)
    standing = floors(subjects)
    for number, names in reversed(list(enumerate(standing, start=1))):
        print(f"floor {number:2}  {', '.join(names)}")
    arrows = sum(map(len, subjects.values()))
    print(f"{len(modules)} modules, {len(subjects)} subjects, {arrows} arrows, ", end="")
    print(f"{len(standing)} floors, {len(subjects) - sum(map(len, standing))} in a circle")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
