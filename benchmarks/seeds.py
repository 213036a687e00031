"""Seeds for the benchmarks: topics to look for, with their phrases."""

from __future__ import annotations

import json
from pathlib import Path

from voc.nlp import Seeds

ROOT = Path(__file__).parents[1]
DEFAULT = ROOT / "voc" / "topics" / "default_topics.json"
AIRLINE = ROOT / "benchmarks" / "data" / "airline_topics.json"


def load(path: Path = DEFAULT) -> list[Seeds]:
    return [
        Seeds(topic["key"], tuple(topic["phrases_ja"]), tuple(topic["phrases_en"]))
        for topic in json.loads(path.read_text(encoding="utf-8"))
    ]
