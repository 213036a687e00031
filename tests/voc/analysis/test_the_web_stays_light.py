"""Dictionaries cost seconds and hundreds of megabytes: only what reads text may load them."""

import subprocess
import sys

HEAVY = ["textblob", "sudachipy", "simplemma", "nltk", "numpy", "sklearn"]
WEB = """
import sys
import django

django.setup()
from django.contrib import admin
from django.urls import get_resolver

get_resolver().url_patterns
assert admin.site._registry
print([name for name in sys.modules if name in {heavy} or name.startswith("voc.analysis")])
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
