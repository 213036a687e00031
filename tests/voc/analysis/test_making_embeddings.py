"""An extra: the meaning of what was analyzed, as vectors. The engine here is the real one."""

import struct
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from config.checks import settings_make_sense
from tests import make
from voc.analysis import analyze, detect_themes, embed, train_classifiers
from voc.models import Embedding, Feedback, Topic
from voc.nlp import embedder
from voc.triage import corrections

NEEDS_A_PROCESSOR = "this processor has no AVX2 and FMA, so no embeddings can be made on it"


@pytest.fixture
def switched_on(settings):
    assert embedder.missing() == frozenset(), NEEDS_A_PROCESSOR
    settings.EMBEDDINGS = True


def analyzed(text, *, at=None):
    said = make.feedback(text)
    Feedback.objects.filter(pk=said.pk).update(analyzed_at=at or timezone.now())
    return said


def numbers(embedding):
    return struct.unpack(f"<{embedder.NUMBERS}e", embedding.values)


def alike(one, other):
    return sum(a * b for a, b in zip(numbers(one), numbers(other), strict=True))


def test_what_means_the_same_is_near_in_both_languages(db, switched_on):
    ids = [analyzed(t).pk for t in ("画面が重い", "The screen is slow", "料理が美味しかったです")]

    assert embed.embed_batch(timezone.now()) == 3

    made = Embedding.objects.in_bulk(ids)
    slow_ja, slow_en, tasty = (made[pk] for pk in ids)
    assert len(numbers(slow_ja)) == embedder.NUMBERS
    assert alike(slow_ja, slow_en) > alike(slow_en, tasty)


def test_it_is_off_unless_somebody_switches_it_on(db):
    analyzed("画面が重い")

    assert embed.embed_batch(timezone.now()) == 0
    assert not Embedding.objects.exists()


def test_what_was_not_analyzed_yet_waits(db, switched_on):
    make.feedback("画面が重い")

    assert embed.embed_batch(timezone.now()) == 0


def test_an_embedding_is_made_once(db, switched_on, monkeypatch):
    said, now = analyzed("画面が重い"), timezone.now()
    embed.embed_batch(now)
    monkeypatch.setattr(embedder, "vectors", None)

    assert embed.embed_batch(now) == 0
    Feedback.objects.filter(pk=said.pk).update(analyzed_at=now + timedelta(seconds=1))
    later = now + timedelta(minutes=5)
    assert embed.embed_batch(later) == 1
    assert embed.embed_batch(later) == 0


def test_new_words_get_a_new_embedding(db, switched_on):
    said, now = analyzed("画面が重い"), timezone.now()
    embed.embed_batch(now)
    before = Embedding.objects.get(pk=said.pk)

    again = now + timedelta(minutes=5)
    Feedback.objects.filter(pk=said.pk).update(text="料理が美味しい", analyzed_at=again)
    embed.embed_batch(again)

    after = Embedding.objects.get(pk=said.pk)
    assert (after.digest, bytes(after.values)) != (before.digest, bytes(before.values))


def test_what_the_engine_cannot_take_does_not_stop_the_others(db, switched_on, monkeypatch):
    poison, good = analyzed("poison"), analyzed("good")
    real = embedder.vectors

    def breaks(texts):
        if "poison" in texts:
            raise RuntimeError
        return real(texts)

    monkeypatch.setattr(embedder, "vectors", breaks)
    now = timezone.now()
    for attempt in range(8):
        try:
            embed.embed_batch(now + attempt * timedelta(minutes=2))
        except RuntimeError:
            continue

    assert Embedding.objects.get(pk=good.pk).made_at is not None
    left = Embedding.objects.get(pk=poison.pk)
    assert (left.made_at, left.attempts) == (None, 3)


@pytest.mark.parametrize("text", ["", "\ud800", "あ" * 20_000, "🙂" * 3_000])
def test_any_text_has_an_embedding(text, switched_on):
    (values,) = embedder.vectors([text])
    assert len(values) == 2 * embedder.NUMBERS


def test_the_processor_is_asked_first(tmp_path):
    def cpu(flags):
        path = Path(tmp_path, "cpuinfo")
        path.write_text(f"processor : 0\nflags\t\t: {flags}\nbugs : none\n")
        return embedder.missing(path)

    assert cpu("fpu fma sse avx avx2") == frozenset()
    assert cpu("fpu fma sse avx") == {"avx2"}
    assert embedder.missing(tmp_path / "nothing") == {"avx2", "fma"}


@pytest.mark.parametrize(
    ("installed", "lacking", "told"),
    [
        (True, frozenset(), []),
        (True, frozenset({"avx2"}), ["todoku.W007"]),
        (False, frozenset(), ["todoku.E006"]),
    ],
)
def test_who_switches_it_on_is_told_what_is_missing(installed, lacking, told, monkeypatch):
    monkeypatch.setattr(embedder, "installed", lambda: installed)
    monkeypatch.setattr(embedder, "missing", lambda: lacking)

    with override_settings(EMBEDDINGS=True):
        found = [fault.id for fault in settings_make_sense()]

    assert [fault for fault in found if fault in ("todoku.E006", "todoku.W007")] == told


def test_a_classifier_that_weighs_meanings_analyzes_again_once_they_are_there(db, switched_on):
    """No rule knows these words, and no snippet of the last ones was seen before."""
    slow = ("のろい", "もたつく", "反応がにぶい", "かくかくする", "なかなか開かない")
    nice = ("うっとりする", "頬がゆるむ", "胸がおどる", "心がはずむ", "気分があがる")
    checked(slow, "negative"), checked(nice, "positive")
    now = timezone.now()
    embed.embed_batch(now, size=200)
    (_english, learned) = sorted(train_classifiers.train_all(now), key=lambda each: each.language)
    assert learned.classifier.with_embeddings
    assert learned.classifier.state == "in_use"

    late = [make.feedback(text) for text in ("ずいぶん待たされる", "幸せな気持ちになる")]
    analyze.analyze_batch(now)
    embed.embed_batch(now)

    found = Feedback.objects.in_bulk([said.pk for said in late])
    assert [found[said.pk].sentiment for said in late] == ["negative", "positive"]


def test_phrases_that_mean_the_same_are_one_theme(switched_on):
    akin = embedder.Kin()

    assert akin("再配達", "再配送")
    assert akin("app crash", "crashing app")
    assert not akin("配送料", "配送日")
    assert not akin("login error", "billing error")


def test_themes_of_one_meaning_are_gathered(db, switched_on):
    """Different people say the same by different words: words alone make two themes of it."""
    Topic.objects.update(archived=True)  # a topic follows one of the words
    for n in range(14):
        late(f"受け取れず{'再配達' if n % 2 else '再配送'}を頼みました。")
    for n in range(60):
        late("豆の香りが好きです。", days=n)
    found = [
        theme
        for theme in detect_themes.detect_emerging_themes(timezone.now())
        if "再" in theme.phrase
    ]

    (theme,) = found
    assert {"再配達", "再配送"} <= {theme.phrase, *theme.variants}


def late(text, *, days=3):
    said = make.feedback(text)
    at = timezone.now() - timedelta(days=days)
    Feedback.objects.filter(pk=said.pk).update(received_at=at, analyzed_at=at, language="ja")


def checked(words, feeling):
    """Half of them found right as they were, half corrected."""
    people = make.staff()
    for n, word in product(range(12), words):
        said = analyzed(f"{n}番目の品は{word}")
        Feedback.objects.filter(pk=said.pk).update(language="ja", sentiment="neutral")
        this = Feedback.objects.filter(pk=said.pk)
        if n % 2:
            this.update(sentiment=feeling)
            corrections.confirm(this, by=people)
        else:
            corrections.correct_sentiments(this, feeling, by=people)
