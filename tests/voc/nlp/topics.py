"""The ten topics a new site begins with, as readers want them."""

import json
from pathlib import Path

from voc.nlp import Seeds

FILE = Path(__file__).parents[3] / "voc" / "topics" / "default_topics.json"


def default():
    return [
        Seeds(topic["key"], tuple(topic["phrases_ja"]), tuple(topic["phrases_en"]))
        for topic in json.loads(FILE.read_text(encoding="utf-8"))
    ]
