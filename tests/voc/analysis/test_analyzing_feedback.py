"""What came in is analyzed in batches: once, by whoever is there, whatever happens to a worker."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from lib.claims import LEASE
from tests import make
from voc.analysis import analyze
from voc.intake.capture import capture
from voc.models import By, Feedback, Tag, Topic
from voc.nlp.reader import Reader
from voc.nlp.reading import Mention
from voc.tasks import analyze_waiting_feedback

pytestmark = pytest.mark.django_db

NOW = timezone.now()
begin_reading = Reader.begin


def poisoned(error):
    """A reader that is stopped by one text only."""

    def reading(self, text):
        if "poison" in text:
            raise error
        return begin_reading(self, text)

    return patch.object(Reader, "begin", reading)


def test_language_feeling_topic_and_evidence_are_written_down():
    feedback = make.feedback("サポートが遅くて困りました。")

    assert analyze_waiting_feedback() == 1

    feedback.refresh_from_db()
    tag = feedback.tags.get(topic__key="support")
    assert (feedback.language, feedback.sentiment) == ("ja", "negative")
    assert (tag.sentiment, feedback.text[tag.start : tag.end]) == ("negative", "サポート")
    assert [(feeling, feedback.text[start:end]) for feeling, start, end in feedback.feelings] == [
        ("negative", "遅く"),
        ("negative", "困り"),
    ]
    assert feedback.analyzer
    assert not Feedback.objects.to_analyze().exists()


def test_what_cannot_be_read_is_said_to_be_so_and_not_neutral():
    feedback = make.feedback("Всё работает")

    analyze_waiting_feedback()

    feedback.refresh_from_db()
    assert (feedback.language, feedback.sentiment) == ("unknown", None)
    assert feedback.analyzed_at


@pytest.mark.parametrize("number", [1, 20, 200])
def test_a_batch_is_read_with_as_many_statements_as_a_single_item(
    number, django_assert_num_queries
):
    make.feedback("The price is too high")
    analyze.analyze_batch(NOW)
    for n in range(number):
        make.feedback(f"The price {n} is too high" if n % 2 == 0 else f"I paid {n}")

    # PostgreSQL claims in one statement, SQLite in three.
    with django_assert_num_queries(13 if connection.vendor == "postgresql" else 15):
        assert analyze.analyze_batch(NOW) == number


def test_a_text_that_stops_the_reader_costs_nobody_else_their_reading(caplog):
    bad, good = make.feedback("poison for Ms Tanaka"), make.feedback("Fast")

    with poisoned(ValueError("poison for Ms Tanaka")):
        analyze_waiting_feedback()

    good.refresh_from_db()
    bad.refresh_from_db()
    assert good.analyzed_at
    assert (bad.analyzed_at, bad.attempts) == (None, 1)
    assert caplog.messages == [f"feedback {bad.pk} could not be read: ValueError"]


def test_it_comes_back_when_its_lease_is_over_and_is_set_aside_after_five_attempts(caplog):
    bad = make.feedback("poison")

    with poisoned(ValueError()):
        for attempt in range(Feedback.MOST_ATTEMPTS + 2):
            analyze.analyze_batch(NOW + attempt * LEASE)

    bad.refresh_from_db()
    assert bad.attempts == Feedback.MOST_ATTEMPTS
    assert list(Feedback.objects.set_aside()) == [bad]
    assert len(caplog.messages) == Feedback.MOST_ATTEMPTS


def test_a_killed_worker_leaves_claims_that_come_back_one_by_one():
    rows = [make.feedback("Fast"), make.feedback("poison"), make.feedback("Slow")]

    with poisoned(KeyboardInterrupt()), pytest.raises(KeyboardInterrupt):
        analyze.analyze_batch(NOW)

    assert list(Feedback.objects.values_list("attempts", flat=True)) == [1, 1, 1]
    assert analyze.analyze_batch(NOW) == 0
    later = NOW + LEASE
    assert Feedback.objects.claim(later, 500) == [rows[0]]
    assert Feedback.objects.claim(later, 500) == [rows[1]]


def test_what_is_new_does_not_wait_behind_what_failed():
    make.feedback("poison")
    Feedback.objects.update(attempts=1)
    fresh = make.feedback("Fast")

    assert Feedback.objects.claim(NOW, 500) == [fresh]


def test_words_that_changed_while_they_were_read_are_read_again():
    feedback = capture(text="Bad", channel="review", received_at=NOW, external_id="1")

    def changing(self, text):
        capture(text="Great", channel="review", received_at=NOW, external_id="1")
        return begin_reading(self, text)

    with patch.object(Reader, "begin", changing):
        analyze.analyze_batch(NOW)

    assert feedback in Feedback.objects.to_analyze()
    analyze_waiting_feedback()
    feedback.refresh_from_db()
    assert (feedback.text, feedback.sentiment) == ("Great", "positive")


def test_what_is_deleted_while_it_is_read_stays_deleted():
    make.feedback("Fast")

    def deleting(self, text):
        Feedback.objects.all().delete()
        return begin_reading(self, text)

    with patch.object(Reader, "begin", deleting):
        analyze.analyze_batch(NOW)

    assert not Feedback.objects.exists()


def test_reading_again_replaces_what_was_found_before():
    feedback = make.feedback("The price is too high")
    Tag.objects.create(feedback=feedback, topic=Topic.objects.get(key="staff"))

    analyze_waiting_feedback()

    assert [tag.topic.key for tag in feedback.tags.all()] == ["price"]


def test_the_reading_that_is_written_is_the_one_that_saving_each_item_would_write():
    """The statement for all items, beside the plain way: every column of both is the same."""
    texts = ["サポートが遅くて困りました。", "The price is too high", "Всё работает", "👍", "Fine"]
    rows = [make.feedback(text) for text in texts * 3]
    corrected = Feedback.objects.filter(pk__in=[row.pk for row in rows[:5]])
    corrected.update(sentiment="mixed", sentiment_by=By.PERSON, topics_by=By.PERSON)
    Feedback.objects.filter(pk=rows[6].pk).update(signs_by=By.PERSON, intent="praise")
    analyze.analyze_batch(NOW)
    in_one_statement = written()
    Feedback.objects.queue_for_analysis()

    with patch.object(analyze, "update_many", save_each):
        analyze.analyze_batch(NOW)

    assert written() == in_one_statement
    assert {row["sentiment"] for row in in_one_statement[0][:5]} == {"mixed"}


def save_each(rows, fields):
    for row in rows:
        row.save(update_fields=fields)


def written():
    tags = Tag.objects.order_by("feedback", "topic").values(
        "feedback", "topic", "sentiment", "start", "end", "by"
    )
    return list(Feedback.objects.order_by("pk").values()), list(tags)


def test_phrases_that_staff_add_count_from_the_next_batch_on():
    feedback = make.feedback("The gizmo is lovely")
    analyze_waiting_feedback()
    make.topic("gizmos", en=("gizmo",))

    Feedback.objects.queue_for_analysis()
    analyze_waiting_feedback()

    assert feedback.topics.get().key == "gizmos"


def test_an_archived_topic_is_not_looked_for():
    Topic.objects.filter(key="price").update(archived=True)
    feedback = make.feedback("The price is too high")

    analyze_waiting_feedback()

    assert not feedback.topics.filter(key="price").exists()


def test_a_topic_named_twice_with_two_feelings_is_mixed():
    mentions = [Mention("price", "negative", 0, 3), Mention("price", "positive", 9, 12)]

    (only,) = analyze._one_a_topic(mentions)

    assert only == Mention("price", "mixed", 0, 3)


@pytest.mark.parametrize("letters", [1, 12, 10_000])
def test_texts_are_read_the_same_however_many_are_begun_together(letters, monkeypatch):
    texts = {3: "Great gizmo", 1: "壊れていた", 2: "Bad", 9: ""}
    alone = {pk: Reader([]).read(text) for pk, text in texts.items()}
    monkeypatch.setattr(analyze, "LETTERS_AT_ONCE", letters)

    assert analyze.apply_rules(texts, {}) == alone
