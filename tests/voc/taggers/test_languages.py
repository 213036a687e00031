"""tests/voc/taggers/test_languages.py -- which language is this?"""

import subprocess
import sys

import pytest

from voc.taggers.languages import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("とても良い", "ja"),
        ("ｱﾌﾟﾘ", "ja"),
        ("最高", "ja"),
        ("UI最悪", "ja"),
        ("最悪 login", "ja"),
        ("Excel import ができません", "ja"),
        ("Great app", "en"),
        ("ＧＯＯＤ", "en"),
        ("naïve café", "en"),
        ("I stayed at the 旅館 in Kyoto and liked it", "en"),
        ("good ーーー", "en"),
        ("", "unknown"),
        ("10/10", "unknown"),
        ("😀👍", "unknown"),
        ("Всё отлично", "unknown"),
        ("앱이 너무 좋아요 ok", "unknown"),
    ],
)
def test_it_is_told_by_its_letters(text, language):
    assert detect(text) == language


def test_asking_for_the_language_loads_no_dictionary():
    program = (
        "import sys; from voc.taggers import Reading, detect; detect('とても良い');"
        "print({'textblob', 'sudachipy', 'vaderSentiment', 'django'} & set(sys.modules))"
    )

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert loaded.stdout == "set()\n"
