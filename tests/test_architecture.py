"""The shape of the code, kept by a test, not by memory."""

import sys
from collections import Counter

import pytest

from tests.imports import ROOT, between_modules, dotted, imported_by, python_files, reachable_from

MAY_IMPORT = {
    "lib": set(),
    "surveys": {"lib"},
    "voc": {"lib", "surveys"},
    "reports": {"lib", "surveys", "voc"},
    "demo": {"lib", "surveys", "voc", "reports"},
}
PURE = [
    "lib/rounding.py",
    "surveys/questions/nps.py",
    "surveys/responses/bot_detection.py",
    "voc/analysis/bursts.py",
    "voc/intake/channels",
    "voc/privacy/masking.py",
    "voc/privacy/find_addresses.py",
    "voc/privacy/find_names.py",
    "voc/privacy/find_numbers.py",
    "voc/privacy/spans.py",
    "voc/cases/business_hours.py",
    "voc/cases/webhooks/payloads.py",
    "voc/cases/webhooks/post.py",
    "lib/outside/networks.py",
    "voc/nlp",
    "reports/metrics/periods.py",
    "reports/dashboard/charts.py",
    "reports/dashboard/vega.py",
]
# The wall: these rooms load dictionaries, models and numpy, so only workers go in ...
BEHIND_THE_WALL = ["voc/analysis", "voc/nlp"]
MAY_GO_IN = [*BEHIND_THE_WALL, "voc/tasks.py", "voc/management/commands", "demo"]
# ... but for the modules that load nothing.
OPEN_TO_ALL = {
    "voc.nlp",
    "voc.nlp.classifier",
    "voc.nlp.detect_language",
    "voc.nlp.normalize",
    "voc.nlp.quoted_mail",
    "voc.nlp.reading",
    "voc.nlp.sentiment",
}
# The checks ask whether embeddings can be made here, and make none.
THROUGH_THE_WALL = [("config/checks.py", "voc.nlp.embedder")]
LONGEST_FILE = 400  # lines
MOST_MODULES = 15  # in a folder: more than that are several subjects


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
    workers = set(python_files(*MAY_GO_IN))
    heavy = between_modules(*BEHIND_THE_WALL).keys() - OPEN_TO_ALL
    assert workers
    assert heavy
    through = [
        (str(f.relative_to(ROOT)), name)
        for f in python_files(*MAY_IMPORT, "config")
        for name in imported_by(f)
        if f not in workers and name in heavy
    ]
    assert through == THROUGH_THE_WALL


def test_what_is_open_to_all_imports_the_standard_library_alone():
    modules = between_modules("voc/nlp")
    reached = OPEN_TO_ALL.union(*(reachable_from(name, modules) for name in OPEN_TO_ALL))
    wrong = [
        f"{f.relative_to(ROOT)} imports {name}"
        for f in python_files("voc/nlp")
        for name in imported_by(f)
        if dotted(f) in reached
        and (name in modules.keys() - reached or top(name) not in {"voc", *sys.stdlib_module_names})
    ]
    assert wrong == []


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_no_two_modules_of_a_room_import_each_other(room):
    """Follow every import inside the room: nobody comes back to where they started."""
    arrows = between_modules(room)
    assert [name for name in arrows if name in reachable_from(name, arrows)] == []


def test_no_file_outgrows_a_reader():
    long = {
        str(f.relative_to(ROOT)): n
        for f in python_files(*MAY_IMPORT, "config")
        if (n := len(f.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_folder_becomes_a_corridor():
    modules = [f for f in python_files(*MAY_IMPORT, "config") if f.name != "__init__.py"]
    crowded = {
        str(folder.relative_to(ROOT)): n
        for folder, n in Counter(f.parent for f in modules).items()
        if n > MOST_MODULES
    }
    assert crowded == {}
