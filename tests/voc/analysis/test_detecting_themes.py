"""What customers begin to talk about is detected by night, and what staff said of it stays."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from surveys.models import Wording
from tests import make
from voc.analysis import detect_themes
from voc.models import Feedback, Theme, Topic
from voc.nlp.en import nouns

pytestmark = pytest.mark.django_db

NOW = timezone.now()
State = Theme.State
OTHERS = ["It rains.", "Nobody told me why.", "Just so.", "She smiled at me."]
OTHERS_JA = ["雨が降った。", "なぜかは聞けなかった。", "そのままです。", "笑ってくれました。"]


def say(text, times=1, *, days_ago=3, language="en", by=None):
    Feedback.objects.bulk_create(
        Feedback(
            text=text,
            language=language,
            channel="review",
            customer=by,
            received_at=NOW - timedelta(days=days_ago, minutes=n),
        )
        for n in range(times)
    )


def background(language="en"):
    """As usual: 100 customers now, 300 before."""
    for text in OTHERS_JA if language == "ja" else OTHERS:
        say(text, 25, language=language)
        say(text, 75, days_ago=50, language=language)


def burst(text="Why is there a parking fee?", times=12, **options):
    background()
    say(text, times, **options)


def again(*, days=0):
    return [
        theme.phrase for theme in detect_themes.detect_emerging_themes(NOW + timedelta(days=days))
    ]


def test_a_phrase_of_twelve_that_nobody_said_before_is_detected():
    burst()

    detect_themes.detect_emerging_themes(NOW)

    theme = Theme.objects.get()
    assert (theme.phrase, theme.language, theme.state) == ("parking fee", "en", State.NEW)
    assert (theme.n, theme.texts, theme.n_before, theme.texts_before) == (12, 112, 0, 300)
    assert theme.ends - theme.starts == timedelta(days=28)
    assert theme.noticed_at == NOW


def test_in_japanese_too_however_it_is_written():
    background("ja")
    say("QRチケットがとどかない", 7, language="ja")
    say("ＱＲﾁｹｯﾄを待った", 6, language="ja")

    detect_themes.detect_emerging_themes(NOW)

    theme = Theme.objects.get()
    assert (theme.phrase, theme.n, theme.n_before) == ("QRチケット", 13, 0)


def test_examples_say_where_the_phrase_stands():
    background()
    say("Ａ ｐａｒｋｉｎｇ  ｆｅｅ！", 12)

    detect_themes.detect_emerging_themes(NOW)

    theme = Theme.objects.get()
    feedback, start, end = theme.examples[0]
    assert len(theme.examples) == 12
    assert Feedback.objects.get(pk=feedback).text[start:end] == "ｐａｒｋｉｎｇ  ｆｅｅ"


def test_the_newest_fifty_are_examples():
    burst(times=60)

    detect_themes.detect_emerging_themes(NOW)

    newest = Feedback.objects.filter(text__startswith="Why is").order_by("-received_at")
    ids = [pk for pk, _start, _end in Theme.objects.get().examples]
    assert ids == list(newest.values_list("pk", flat=True)[:50])


def test_one_customer_counts_once_however_often_they_write():
    burst(by=make.customer())

    assert again() == []


def test_what_was_said_as_often_before_is_no_theme():
    burst()
    say("Why is there a parking fee?", 36, days_ago=50)

    assert again() == []


def test_what_is_older_than_four_months_is_not_compared_with():
    burst()
    say("Why is there a parking fee?", 100, days_ago=113)

    assert again() == ["parking fee"]


def test_a_site_without_a_past_has_nothing_to_compare_with():
    say("Why is there a parking fee?", 50)

    assert again() == []


def test_what_a_topic_follows_is_not_emerging():
    burst()
    make.topic(en=("Parking fees", "parking", "fee"))

    assert again() == []


def test_neither_are_the_parts_of_it():
    burst()
    make.topic(en=("parking fee",))

    assert again() == []


def test_parts_that_are_also_said_alone_are():
    burst()
    say("What about parking?", 12)
    make.topic(en=("parking fee",))

    assert again() == ["parking"]


def test_a_topic_out_of_use_follows_nothing():
    burst()
    Topic.objects.filter(pk=make.topic(en=("parking fee",)).pk).update(archived=True)

    assert again() == ["parking fee"]


def test_the_words_of_a_question_are_no_theme():
    burst("The cinema was lovely")
    survey = make.survey()
    Wording.objects.filter(survey=survey, language="en").update(question="How was the cinema?")

    assert again() == []


def test_neither_is_the_company(settings):
    settings.COMPANY_NAME = {"ja": "トドク", "en": "Parking Fee"}
    burst()

    assert again() == []


def test_what_belongs_to_the_company_may_be_one():
    burst("The Todoku cinema was lovely")

    assert again() == ["cinema"]


def test_to_detect_twice_changes_nothing():
    burst()
    detect_themes.detect_emerging_themes(NOW)
    first = Theme.objects.values().get()

    detect_themes.detect_emerging_themes(NOW)

    assert Theme.objects.values().get() == first


def test_a_theme_said_more_often_the_next_night_is_the_same_theme():
    burst()
    detect_themes.detect_emerging_themes(NOW)

    say("Parking fees again", 20)
    detect_themes.detect_emerging_themes(NOW + timedelta(days=1))

    theme = Theme.objects.get()
    assert (theme.n, theme.noticed_at) == (32, NOW)


def test_what_is_no_longer_found_has_faded_and_may_come_again():
    burst()
    detect_themes.detect_emerging_themes(NOW)

    detect_themes.detect_emerging_themes(NOW + timedelta(days=40))
    assert Theme.objects.get().state == State.FADED

    detect_themes.detect_emerging_themes(NOW)
    assert Theme.objects.get().state == State.NEW


def test_what_was_dismissed_stays_so():
    burst()
    detect_themes.detect_emerging_themes(NOW)
    Theme.objects.dismiss()

    say("Why is there a parking fee?", 10)
    detect_themes.detect_emerging_themes(NOW)

    theme = Theme.objects.get()
    assert (theme.state, theme.n) == (State.DISMISSED, 12)


def test_until_twice_as_large_a_share_says_it():
    burst()
    detect_themes.detect_emerging_themes(NOW)
    Theme.objects.dismiss()

    say("Why is there a parking fee?", 30)
    detect_themes.detect_emerging_themes(NOW + timedelta(hours=1))

    theme = Theme.objects.get()
    assert (theme.state, theme.n) == (State.NEW, 42)
    assert theme.noticed_at == NOW + timedelta(hours=1)


def test_what_was_made_a_topic_stays_so():
    burst()
    detect_themes.detect_emerging_themes(NOW)
    topic = make.topic()  # which finds nothing yet
    assert Theme.objects.get().become(topic)

    detect_themes.detect_emerging_themes(NOW)
    detect_themes.detect_emerging_themes(NOW + timedelta(days=40))

    theme = Theme.objects.get()
    assert (theme.state, theme.topic) == (State.TOPIC, topic)


def test_a_theme_becomes_one_topic_and_no_other():
    burst()
    detect_themes.detect_emerging_themes(NOW)
    first, second = make.topic(), make.topic()

    assert Theme.objects.get().become(first)
    assert not Theme.objects.get().become(second)
    assert Theme.objects.get().topic == first


def test_one_text_that_cannot_be_heard_silences_no_other(monkeypatch, caplog):
    burst()
    say("poison")
    find = nouns.find

    def choke(text):
        if text == "poison":
            raise RuntimeError(text)
        return find(text)

    monkeypatch.setattr(nouns, "find", choke)

    assert again() == ["parking fee"]
    assert "RuntimeError" in caplog.text
    assert "poison" not in caplog.text


def test_only_the_newest_of_a_period_are_heard(monkeypatch):
    burst(days_ago=1)
    monkeypatch.setattr("voc.analysis.noun_mentions.TEXTS_PER_PERIOD", 50)

    detect_themes.detect_emerging_themes(NOW)

    theme = Theme.objects.get()
    assert (theme.n, theme.texts, theme.texts_before) == (12, 50, 50)


def test_the_command_says_what_it_found(capsys):
    burst()

    with translation.override("en"):
        call_command("notice_themes")

    told = capsys.readouterr().out
    assert told == "en  parking fee: 12 of 112 voices now, 0 of 300 before (new)\n"


def test_or_that_there_is_nothing(capsys):
    with translation.override("en"):
        call_command("notice_themes")

    assert capsys.readouterr().out == "Nothing is said clearly more often than before.\n"
