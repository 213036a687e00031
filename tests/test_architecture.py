"""The shape of the code, kept by a test, not by memory."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "lib": set(),
    "surveys": {"lib"},
    "voc": {"lib", "surveys"},
    "reports": {"lib", "surveys", "voc"},
    "demo": {"lib", "surveys", "voc", "reports"},
}
PURE = [
    "surveys/questions/nps.py",
    "surveys/responses/bot_detection.py",
    "voc/analysis/bursts.py",
    "voc/privacy/masking.py",
    "voc/privacy/find_addresses.py",
    "voc/privacy/find_names.py",
    "voc/privacy/find_numbers.py",
    "voc/privacy/spans.py",
    "voc/nlp",
    "reports/metrics/periods.py",
    "reports/dashboard/charts.py",
    "reports/dashboard/vega.py",
]
# They load dictionaries and models, so only workers, commands and the demo may load them.
HEAVY = ("voc.analysis", "voc.nlp.reader")
MAY_LOAD_THEM = ["voc/analysis", "voc/tasks.py", "voc/management/commands", "demo"]
LONGEST_FILE = 400  # lines


def python_files(*names):
    for path in (ROOT / name for name in names):
        files = path.rglob("*.py") if path.is_dir() else [path]
        yield from (f for f in files if f.exists() and "migrations" not in f.parts)


def imported_by(file):
    """Whole dotted names, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def top(name):
    return name.split(".")[0]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_one_way(room):
    forbidden = (MAY_IMPORT.keys() - MAY_IMPORT[room] - {room}) | {"tests", "benchmarks"}
    wrong = [
        f"{f.relative_to(ROOT)} imports {name}"
        for f in python_files(room)
        for name in imported_by(f)
        if top(name) in forbidden
    ]
    assert wrong == []


def test_pure_modules_know_nothing_of_django():
    found = list(python_files(*PURE))
    assert found
    assert [f for f in found if "django" in map(top, imported_by(f))] == []


def test_only_workers_load_dictionaries_and_models():
    allowed = set(python_files(*MAY_LOAD_THEM))
    assert allowed
    wrong = [
        f"{f.relative_to(ROOT)} imports {name}"
        for f in python_files(*MAY_IMPORT, "config")
        for name in imported_by(f)
        if f not in allowed and name.startswith(HEAVY)
    ]
    assert wrong == []


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_no_two_modules_of_a_room_import_each_other(room):
    """Follow every import inside the room: nobody comes back to where they started."""
    names = {".".join(f.relative_to(ROOT).with_suffix("").parts): f for f in python_files(room)}
    arrows = {name: set(imported_by(f)) & names.keys() - {name} for name, f in names.items()}
    assert [name for name in arrows if name in reachable_from(name, arrows)] == []


def reachable_from(name, arrows):
    seen, ahead = set(), list(arrows[name])
    while ahead:
        if (here := ahead.pop()) not in seen:
            seen.add(here)
            ahead.extend(arrows[here])
    return seen


def test_no_file_outgrows_a_reader():
    long = {
        str(f.relative_to(ROOT)): n
        for f in python_files(*MAY_IMPORT, "config")
        if (n := len(f.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}
