"""Words that go with a topic where people said so are suggested, unless known or declined."""

import pytest
from django.utils import timezone

from tests import make
from tests.voc.analyzing import analyze_all, reanalyze_all
from voc.analysis.suggest_phrases import suggest
from voc.models import Suggestion
from voc.nlp.languages import READABLE
from voc.tasks import suggest_phrases
from voc.topics import phrase_changes
from voc.triage import corrections

pytestmark = pytest.mark.django_db

NOW = timezone.now()
MISSED = [
    "請求書の宛名を変えたいです",
    "宛名が旧姓のままでした",
    "領収書の宛名が空欄になる",
    "The invoice had the wrong address",
    "Our address on it is old",
]
OTHERS = [
    "画面が重いです",
    "電話がつながらない",
    "請求書が届きました",
    "It is slow",
    "Nobody answers",
    "The invoice arrived",
]


@pytest.fixture
def bills():
    """Found by 請求書 and invoice; people gave it to five items, two of which have neither."""
    topic = make.topic("bills", ja=("請求書",), en=("invoice",))
    missed = [make.feedback(text) for text in MISSED]
    for text in OTHERS * 4:
        make.feedback(text)
    analyze_all()
    for item in missed:
        corrections.correct_topics(item, [topic], by=make.staff())
    return topic


def suggested(topic):
    return {(s.language, s.phrase): (s.n, s.n_elsewhere) for s in topic.suggestions.to_look_at()}


def test_what_the_items_share_that_people_gave_it_is_suggested(bills):
    suggest_phrases()

    found = suggested(bills)
    assert found[("ja", "宛名")] == (3, 0)
    assert found[("en", "address")] == (2, 0)


def test_each_comes_with_words_that_show_it(bills):
    suggest_phrases()

    suggestion = bills.suggestions.get(phrase="宛名")
    item, start, end = suggestion.examples[0]
    texts = dict(bills.tags.values_list("feedback_id", "feedback__text"))
    assert texts[item][start:end] == "宛名"


def test_one_text_that_stops_the_search_takes_no_suggestion_away(bills, monkeypatch, caplog):
    bad = make.feedback("poison")
    type(bad).objects.filter(pk=bad.pk).update(language="en")
    find = READABLE["en"].nouns.find

    def choke(text):
        if text == "poison":
            raise RuntimeError(text)
        return find(text)

    monkeypatch.setattr(READABLE["en"].nouns, "find", choke)
    suggest_phrases()

    assert suggested(bills)[("en", "address")] == (2, 0)
    told = f"feedback {bad.pk} could not be searched for nouns: RuntimeError"
    assert set(caplog.messages) == {told}


def test_a_phrase_that_is_known_is_not_suggested(bills):
    suggest_phrases()

    assert not {phrase for _language, phrase in suggested(bills)} & {"請求書", "invoice"}


def test_what_was_declined_never_comes_back(bills):
    suggest_phrases()
    bills.suggestions.get(phrase="宛名").decline()

    suggest_phrases()

    assert ("ja", "宛名") not in suggested(bills)
    assert ("en", "address") in suggested(bills)


def test_doing_it_again_gives_the_same(bills):
    suggest_phrases()
    once = suggested(bills)
    suggest_phrases()

    assert suggested(bills) == once


def test_what_became_a_phrase_is_suggested_no_more(bills):
    suggest_phrases()
    bills.phrases_ja = ["請求書", "宛名"]
    bills.save()

    suggest_phrases()

    assert ("ja", "宛名") not in suggested(bills)


def test_when_a_preview_is_over_there_are_new_suggestions(bills):
    phrase_changes.propose(bills, phrases={"ja": ["請求書"], "en": ["invoice"]}, by=None, now=NOW)

    reanalyze_all()

    assert ("ja", "宛名") in suggested(bills)


def test_a_topic_that_nobody_gave_to_anything_has_none():
    topic = make.topic("bills", ja=("請求書",))
    make.feedback("請求書の宛名")

    assert suggest(topic, NOW) == 0
    assert not Suggestion.objects.exists()
