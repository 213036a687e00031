"""Which language is this?"""

import subprocess
import sys

import pytest

from voc.nlp.detect_language import DETECTED, detect
from voc.nlp.languages import READABLE


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


@pytest.mark.parametrize(
    "text",
    [
        "Très bon service, je recommande",
        "Le colis est arrivé cassé",
        "Die App ist sehr langsam",
        "Leider zu teuer, ich bin nicht zufrieden",
        "El servicio es muy malo",
        "Me encanta la aplicación",
        "Il servizio è pessimo",
        "O aplicativo não funciona",
        "Ik ben niet tevreden",
        "服务很好",
        "我的订单没有收到",
        "這個產品不錯",
    ],
)
def test_another_language_is_not_read_as_one_we_know(text):
    assert detect(text) == "unknown"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Los Angeles flight delayed", "en"),
        ("Thanks to the Las Vegas crew", "en"),
        ("Gate at 10am EST", "en"),
        ("The crème brûlée at the Hôtel de la Paix was divine", "en"),
        ("Merci!", "en"),  # too short to tell
        ("迅速丁寧", "ja"),
        ("対応最悪", "ja"),
        ("目的地到着遅延", "ja"),
        ("我慢限界", "ja"),
        ("𠮷野家 最高", "ja"),
    ],
)
def test_a_foreign_name_or_a_few_kanji_do_not_make_another_language(text, language):
    assert detect(text) == language


def test_whatever_is_detected_can_be_read():
    assert set(DETECTED) == READABLE.keys()


def test_asking_for_the_language_loads_no_dictionary():
    program = (
        "import sys; from voc.nlp import Reading, detect; detect('とても良い');"
        "print({'textblob', 'sudachipy', 'vaderSentiment', 'django'} & set(sys.modules))"
    )

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert loaded.stdout == "set()\n"
