"""The docs name everything there is to set, to run and to hear; and nothing that is not there."""

import ast
import re
from pathlib import Path

import pytest

from lib.languages import LANGUAGES

ROOT = Path(__file__).parents[1]
ROOMS = ["surveys", "voc", "reports", "demo"]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def variables():
    """Every name that settings.py and gunicorn.conf.py ask the environment for."""
    files = ("config/settings.py", "gunicorn.conf.py")
    for node in (node for file in files for node in ast.walk(ast.parse(read(file)))):
        if isinstance(node, ast.Call) and re.fullmatch(r"env(\.\w+)?", ast.unparse(node.func)):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))
    yield from (f"COMPANY_NAME_{code.upper()}" for code in LANGUAGES)


def commands():
    for room in ROOMS:
        yield from (f.stem for f in (ROOT / room).glob("management/commands/[!_]*.py"))


def signals():
    for room in ROOMS:
        if (file := ROOT / room / "signals.py").exists():
            yield from re.findall(r"^(\w+) = Signal\(\)", file.read_text(encoding="utf-8"), re.M)


def in_first_column(page):
    """What stands in backticks in the first column of a page's tables."""
    cells = re.findall(r"^\| ([^|]*`[^|]*) \|", read(page), re.M)
    return {name for cell in cells for name in re.findall(r"`([\w.]+)[^`]*`", cell)}


def test_every_variable_is_explained_and_none_that_is_not_read():
    assert in_first_column("docs/settings.md") == set(variables())


def test_every_command_is_explained():
    assert set(commands()) - in_first_column("docs/commands.md") == set()


def test_every_make_target_is_explained():
    targets = set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.M)) - {"help"}
    told = set(re.findall(r"`make ([a-z-]+)`", read("docs/commands.md")))
    assert told == targets


def test_every_signal_is_explained():
    told = {name.rpartition(".")[2] for name in in_first_column("docs/events.md")}
    assert told == set(signals())


def test_every_variable_of_the_example_is_read():
    named = re.findall(r"^([A-Z_]+)=", read(".env.example"), re.M)
    assert set(named) - set(variables()) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_pages_speak_of_are_there(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:config|lib|surveys|voc|reports|demo|tests|docs|static)/[\w./-]+)`", text
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_two_readmes_show_the_same_pictures_and_commands():
    def essence(name):
        text = read(name)
        blocks = re.findall(r"^    (\S.*?)(?: *#.*)?$", text, re.M)
        pictures = re.findall(r"docs/images/(?:en/)?([\w-]+\.png)", text)
        return pictures, [block for block in blocks if block.isascii()]

    assert essence("README.md") == essence("README.ja.md")
