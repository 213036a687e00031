"""Dictionaries cost seconds and hundreds of megabytes: only what reads text may load them."""

import subprocess
import sys

HEAVY = [
    "textblob",
    "sudachipy",
    "nltk",
    "numpy",
    "sklearn",
    "voc.analysis.train_classifiers",
    "voc.analysis.analyze",
    "voc.analysis.reanalyze",
    "voc.analysis.suggest_phrases",
    "voc.analysis.preview_phrases",
    "voc.tasks",
    "voc.nlp.reader",
]
WEB = """
import sys
import django

django.setup()
from django.contrib import admin
from django.urls import get_resolver

get_resolver().url_patterns
assert admin.site._registry
print([name for name in {heavy} if name in sys.modules])
"""


def test_a_web_process_loads_no_dictionary():
    program = WEB.format(heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_env()
    )

    assert done.stdout == "[]\n"


def _env():
    import os

    return os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
