"""Whatever can be read in English can be read in Japanese, and nothing is translated in vain."""

import importlib.util
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from config.compile_messages import compile_catalogue
from tests import make

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "locale" / "ja" / "LC_MESSAGES" / "django.po"
WITH_WORDS = ["config", "lib", "surveys", "voc", "reports", "demo", "templates"]
# Their pages stand among ours, and some of their words are not in Japanese, or not well.
LIBRARIES = ["django.contrib.admin", "django.contrib.auth", "simple_history", "unfold"]


def catalogue(file):
    with file.open("rb") as stream:
        return read_po(stream, locale="ja")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Every message that stands in our code and templates now."""
    return messages_in([ROOT / name for name in WITH_WORDS], tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def of_libraries(tmp_path_factory):
    """Every message that stands in those of others."""
    folders = [Path(importlib.util.find_spec(name).origin).parent for name in LIBRARIES]
    return messages_in(folders, tmp_path_factory.mktemp("theirs"))


def messages_in(folders, copy):
    """As makemessages finds them."""
    if not shutil.which("xgettext"):
        pytest.fail("gettext is not installed. To install it:\n\n    apt-get install gettext\n")
    ignored = shutil.ignore_patterns("__pycache__", "locale", "static")
    for folder in folders:
        shutil.copytree(folder, copy / folder.name, ignore=ignored)
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale=ja", "--no-wrap"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    return messages(catalogue(copy / "locale" / "ja" / "LC_MESSAGES" / "django.po"))


@pytest.fixture(scope="module")
def ours():
    return catalogue(CATALOGUE)


def messages(catalogue):
    """What each message is asked for by: its words, its plural's, and its context."""
    return {(str(message.id), message.context): message for message in catalogue if message.id}


def is_translated(message):
    words = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(words)


def test_everything_is_translated(found, ours):
    there = {key for key, message in messages(ours).items() if is_translated(message)}
    assert sorted(map(str, found.keys() - there)) == []


def test_nothing_is_translated_that_nobody_says(found, of_libraries, ours):
    said = found.keys() | of_libraries.keys()
    assert sorted(map(str, messages(ours).keys() - said)) == []


def test_what_the_scripts_of_the_desk_say_are_sentences_of_django(client_of_the_desk):
    """In the catalogue that the desk loads, with ours in place of theirs."""
    ours = messages(catalogue(CATALOGUE.with_name("djangojs.po")))
    folder = Path(importlib.util.find_spec("django.contrib.admin").origin).parent
    theirs = messages(catalogue(folder / "locale" / "ja" / "LC_MESSAGES" / "djangojs.po"))

    page = client_of_the_desk.get("/admin/jsi18n/", HTTP_ACCEPT_LANGUAGE="ja").content.decode()

    assert sorted(map(str, ours.keys() - theirs.keys())) == []
    assert "%(cnt)s\\u4ef6\\u306e\\u3046\\u3061" in page  # %(cnt)s件のうち
    assert '"Yesterday"' in page  # what we do not say better is Django's


@pytest.fixture
def client_of_the_desk(client, db):
    client.force_login(make.staff())
    return client


def test_no_message_stands_twice():
    """The later one would hide the earlier, without a word."""
    text = CATALOGUE.read_text(encoding="utf-8")
    asked_for = re.findall(r"^((?:msgctxt .*\n)?msgid (?:.*\n)+?)msgstr", text, re.MULTILINE)
    assert asked_for
    assert [key for key, n in Counter(asked_for).items() if n > 1] == []


def test_nothing_is_half_sure(ours):
    assert [message.id for message in ours if message.id and message.fuzzy] == []


def test_the_names_in_a_sentence_are_those_of_the_original(tmp_path):
    copy = tmp_path / "django.po"
    shutil.copy(CATALOGUE, copy)

    assert compile_catalogue(copy) == []


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (
            '#, python-format\nmsgid "%(n)s mails"\nmsgstr "%(m)s通"',
            "unknown named placeholder 'm'",
        ),
        ('msgid "mails', "django.po"),
    ],
)
def test_a_faulty_catalogue_is_said_and_not_compiled(bad, said, tmp_path):
    file = tmp_path / "django.po"
    file.write_text(f'msgid ""\nmsgstr "Language: ja\\n"\n\n{bad}\n', encoding="utf-8")

    (fault,) = compile_catalogue(file)

    assert said in fault
    assert not file.with_suffix(".mo").exists()


def sentences(catalogue):
    for message in catalogue:
        if message.id:
            yield from message.string if isinstance(message.string, tuple) else (message.string,)


JAPANESE = "[ぁ-んァ-ヶ一-龠々ー]"


@pytest.mark.parametrize(
    "odd",
    [
        rf"{JAPANESE} +{JAPANESE}",
        rf"{JAPANESE}[?!:;,(]",
        rf"[)]{JAPANESE}(?<!\)[sdf].)",
        r"\)[sd]人",
        r"パーミッション|インポート|フィードバック",
        r"下さい|出来(?:る|ま)|致し",
        r"manage\.py",
        r"点数",
    ],
)
def test_no_japanese_sentence_is_set_or_said_so(ours, odd):
    assert [said for said in sentences(ours) if re.search(odd, said)] == []


@pytest.mark.parametrize("pair", ["「」", "（）", "“”"])
def test_what_opens_in_a_japanese_sentence_is_closed(ours, pair):
    uneven = [said for said in sentences(ours) if said.count(pair[0]) != said.count(pair[1])]
    assert uneven == []
