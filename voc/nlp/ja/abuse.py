"""Abuse in a Japanese text: what nobody at work has to bear, told apart from anger.

Anger is fair, however loud: 最悪, ふざけるな and 訴えます are a customer's right. Abuse is aimed at
people: a threat, an insult, a demand for 土下座. Whoever tells of abuse that they met with,
店員に死ねと言われた, has not abused anybody.

The turns of phrase stand in data/abuse.tsv, a kind and a regular expression a line. `kind?` lists
the hints of a kind (see patterns.py), `$name` is a piece that others use as {name}: {told} follows
what somebody else said or did.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voc.nlp.ja.patterns import HintedPattern, PatternMatcher
from voc.nlp.reading import ABUSES, Sign

DATA = Path(__file__).parent / "data" / "abuse.tsv"


def _patterns() -> dict[str, HintedPattern]:
    """A pattern for each kind of abuse, the gravest first."""
    lines = [line.split("\t") for line in DATA.read_text(encoding="utf-8").splitlines()]
    pieces = {name[1:]: piece for name, piece in lines if name.startswith("$")}
    hints = {name[:-1]: listed for name, listed in lines if name.endswith("?")}
    return {
        kind: HintedPattern(hints[kind], *(_whole(each, pieces) for k, each in lines if k == kind))
        for kind in ABUSES
    }


def _whole(expression: str, pieces: dict[str, str]) -> str:
    for name, piece in pieces.items():
        expression = expression.replace(f"{{{name}}}", piece)
    return expression


PATTERNS = _patterns()


def abuse(matcher: PatternMatcher) -> Iterator[Sign]:
    """A sign for each kind of abuse, where it is first said."""
    for kind, pattern in PATTERNS.items():
        if match := matcher.first(pattern):
            yield Sign(kind, *match.span())
