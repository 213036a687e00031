"""Classes of a page have a rule in our own style sheets; blocks of a page stand in its base."""

import re
from pathlib import Path

from django.template import Context, engines
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode

ROOT = Path(__file__).parents[1]
ROOMS = ["lib", "surveys", "voc", "reports", "config", "demo"]

# django-unfold's own, which its scripts and its list look for.
UNFOLDS = {
    "changelist-form-container",
    "group",
    "module",
    "result-list-wrapper",
    "action-counter",
    "all",
    "clear",
    "hidden",
    "toggle",
    "ascending",
    "descending",
    "sortremove",
}
# Not for looks: static/js finds by it what to draw.
FOR_SCRIPTS = {"drawn"}

CLASS = re.compile(r'class="((?:{%.*?%}|{{.*?}}|[^"])*)"')
TAG, VALUE = re.compile(r"{%.*?%}"), re.compile(r"{{.*?}}|{[^{}]*}")
RULE = re.compile(r"\.([A-Za-z_][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def templates():
    return sorted((ROOT / "templates").rglob("*.html"))


def sources():
    """Templates, and the code that writes HTML itself."""
    return [*templates(), *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))]


def classes_used_in(text):
    """What is put together from a value, is-{{ state }}, cannot be known here."""
    words = (VALUE.sub("\0", TAG.sub(" ", each)).split() for each in CLASS.findall(text))
    return {word for some in words for word in some if "\0" not in word}


def classes_with_a_rule():
    sheets = [file.read_text(encoding="utf-8") for file in (ROOT / "static/css").glob("*.css")]
    mails = [css for file in templates() for css in STYLE.findall(file.read_text(encoding="utf-8"))]
    return {name for css in [*sheets, *mails] for name in RULE.findall(COMMENT.sub("", css))}


def test_every_class_has_a_rule():
    known = classes_with_a_rule() | UNFOLDS | FOR_SCRIPTS
    unknown = {
        str(file.relative_to(ROOT)): sorted(missing)
        for file in sources()
        if (missing := classes_used_in(file.read_text(encoding="utf-8")) - known)
    }
    assert unknown == {}


def test_what_is_excepted_is_used():
    used = {
        name for file in sources() for name in classes_used_in(file.read_text(encoding="utf-8"))
    }
    assert used >= UNFOLDS | FOR_SCRIPTS


def names_of_blocks(nodes):
    return {node.name for node in nodes if isinstance(node, BlockNode)}


def blocks_of_the_bases(extends):
    """Names of the blocks of a template's base, of the base's own base, and so on."""
    name, itself = extends.parent_name.resolve(Context()), [extends.origin]
    base, _origin = engines["django"].engine.find_template(name, skip=itself)
    names = names_of_blocks(base.nodelist.get_nodes_by_type(BlockNode))
    for further in base.nodelist.get_nodes_by_type(ExtendsNode):
        names |= blocks_of_the_bases(further)
    return names


def test_every_block_stands_in_a_base_or_nobody_would_see_it():
    unseen = {}
    for file in sorted((ROOT / "templates").rglob("*.*")):
        name = str(file.relative_to(ROOT / "templates"))
        for extends in get_template(name).template.nodelist.get_nodes_by_type(ExtendsNode):
            if lost := names_of_blocks(extends.nodelist) - blocks_of_the_bases(extends):
                unseen[name] = lost
    assert unseen == {}
