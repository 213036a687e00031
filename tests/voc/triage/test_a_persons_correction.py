"""Promise 6: what a person corrected is law; no re-tagging changes it."""

import pytest
from django.utils import timezone

from tests import make
from voc.intake.capture import capture
from voc.models import Activity, Feedback, Topic
from voc.tasks import analyze_waiting_feedback
from voc.triage import corrections, workflow
from voc.triage.workflow import Result

pytestmark = pytest.mark.django_db


@pytest.fixture
def feedback():
    made = make.feedback("The price is too high and support never replied.")
    analyze_waiting_feedback()
    made.refresh_from_db()
    return made


def topics(*keys):
    return list(Topic.objects.filter(key__in=keys))


def queue_for_analysis():
    Feedback.objects.queue_for_analysis()
    assert analyze_waiting_feedback() == 1


def keys_of(feedback):
    return sorted(feedback.topics.values_list("key", flat=True))


def test_a_corrected_sentiment_survives_another_reading(feedback):
    assert feedback.sentiment == "negative"
    corrections.correct_sentiment(feedback, "positive", by=make.staff())

    queue_for_analysis()

    feedback.refresh_from_db()
    assert (feedback.sentiment, feedback.sentiment_by) == ("positive", "person")


def test_corrected_topics_survive_another_reading(feedback):
    assert keys_of(feedback) == ["price", "support"]
    corrections.correct_topics(feedback, topics("price", "staff"), by=make.staff())

    queue_for_analysis()

    assert keys_of(feedback) == ["price", "staff"]


def test_to_say_that_it_is_about_nothing_survives_too(feedback):
    corrections.correct_topics(feedback, [], by=make.staff())

    queue_for_analysis()

    assert keys_of(feedback) == []


def test_topics_that_stay_keep_the_words_they_were_found_in(feedback):
    found = feedback.tags.get(topic__key="price")
    corrections.correct_topics(feedback, topics("price", "staff"), by=make.staff())

    kept = feedback.tags.get(topic__key="price")
    assert (kept.start, kept.end) == (found.start, found.end)
    assert feedback.tags.get(topic__key="staff").start is None


def test_a_topic_that_is_chosen_feels_as_the_whole_does(feedback):
    """Or it would be missing wherever somebody looks for what is wrong with the topic."""
    staff = topics("staff")

    corrections.correct_topics(feedback, staff, by=make.staff())
    assert feedback.tags.get().sentiment == "negative"

    corrections.correct_topics(feedback, staff, feelings={staff[0]: "positive"}, by=make.staff())
    assert feedback.tags.get().sentiment == "positive"

    corrections.correct_topics(feedback, staff, feelings={staff[0]: None}, by=make.staff())
    assert feedback.tags.get().sentiment == "negative"


def test_a_topic_that_is_chosen_before_the_first_reading_feels_as_that_finds():
    early = make.feedback("The price is too high, awful")
    corrections.correct_topics(early, topics("staff"), by=make.staff())

    analyze_waiting_feedback()

    tag = early.tags.get()
    assert (tag.topic.key, tag.sentiment) == ("staff", "negative")


def test_a_correction_survives_new_words_of_the_customer():
    said = capture(text="Awful", channel="review", received_at=timezone.now(), external_id="1")
    corrections.correct_sentiment(said, "neutral", by=make.staff())

    capture(text="Really awful", channel="review", received_at=timezone.now(), external_id="1")
    analyze_waiting_feedback()

    said.refresh_from_db()
    assert (said.text, said.sentiment) == ("Really awful", "neutral")


def test_a_correction_made_before_the_first_reading_stands():
    early = make.feedback("The price is too high")
    corrections.correct_sentiment(early, "mixed", by=make.staff())

    analyze_waiting_feedback()

    early.refresh_from_db()
    assert early.sentiment == "mixed"
    assert keys_of(early) == ["price"]


def test_it_is_written_down_who_corrected_what(feedback):
    someone = make.staff()
    corrections.correct_sentiment(feedback, "positive", by=someone)
    corrections.correct_topics(feedback, topics("staff"), by=someone)

    activities = feedback.activities.order_by("pk").values_list("by", "what", "before", "after")
    assert list(activities) == [
        (someone.pk, "sentiment", "negative", "positive"),
        (someone.pk, "topics", "price:negative, support:negative", "staff:positive"),
    ]


def test_to_say_the_same_again_is_no_activity(feedback):
    assert corrections.correct_sentiment(feedback, "negative", by=make.staff())
    assert not corrections.correct_sentiment(feedback, "negative", by=make.staff())


def test_many_are_corrected_at_once(feedback):
    make.feedback("Fine")
    corrections.correct_sentiment(feedback, "neutral", by=make.staff())

    changed = corrections.correct_sentiments(Feedback.objects.all(), "neutral", by=make.staff())

    assert changed == Result(1, 1)


def test_taken_back_the_machine_decides_again(feedback):
    corrections.correct_sentiment(feedback, "positive", by=make.staff())
    corrections.correct_topics(feedback, topics("staff"), by=make.staff())

    corrections.undo_corrections(Feedback.objects.all(), by=make.staff())
    analyze_waiting_feedback()

    feedback.refresh_from_db()
    assert (feedback.sentiment, feedback.sentiment_by) == ("negative", "machine")
    assert keys_of(feedback) == ["price", "support"]


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(
    ("verb", "queries"),
    [
        (lambda these, by: corrections.correct_sentiments(these, "mixed", by=by), 5),
        (lambda these, by: corrections.undo_corrections(these, by=by), 7),
        (lambda these, by: corrections.confirm(these, by=by), 6),
    ],
)
def test_many_cost_as_many_queries_as_one(verb, queries, items, django_assert_num_queries):
    for _ in range(items):
        make.feedback()
    Feedback.objects.update(analyzed_at=timezone.now(), sentiment="neutral")
    person = make.staff()

    with django_assert_num_queries(queries):
        assert verb(Feedback.objects.all(), person) == Result(items, 0)


def test_more_than_one_statement_can_hold_are_corrected_too(monkeypatch):
    monkeypatch.setattr(workflow, "IDS_PER_STATEMENT", 2)
    for _ in range(5):
        make.feedback()

    corrections.correct_sentiments(Feedback.objects.all(), "mixed", by=make.staff())

    assert {item.sentiment for item in Feedback.objects.all()} == {"mixed"}
    assert Activity.objects.count() == 5


def test_the_feeling_about_a_topic_can_be_corrected_and_stays(feedback):
    price, support = topics("price", "support")
    before = feedback.tags.get(topic=price)

    corrections.correct_topics(
        feedback, [price, support], feelings={price: "mixed"}, by=make.staff()
    )
    queue_for_analysis()

    tags = {tag.topic.key: tag for tag in feedback.tags.all()}
    assert {key: tag.sentiment for key, tag in tags.items()} == {
        "price": "mixed",
        "support": "negative",
    }
    assert (tags["price"].start, tags["price"].end) == (before.start, before.end)


def test_corrected_signs_survive_another_reading(feedback):
    Feedback.objects.update(
        intent="complaint", urgency="legal", signs=[["complaint", 0, 3], ["legal", 4, 9]]
    )

    corrections.correct_signs(feedback, intent="request", urgency="legal", by=make.staff())
    queue_for_analysis()

    feedback.refresh_from_db()
    assert (feedback.intent, feedback.urgency, feedback.signs) == (
        "request",
        "legal",
        [["legal", 4, 9]],
    )
    activity = feedback.activities.get()
    assert (activity.what, activity.before, activity.after) == (
        "signs",
        "complaint, legal",
        "request, legal",
    )


def test_a_reading_found_right_survives_another_reading(feedback):
    assert corrections.confirm(Feedback.objects.all(), by=make.staff()) == Result(1, 0)
    Feedback.objects.update(text="Wonderful")

    queue_for_analysis()

    feedback.refresh_from_db()
    assert (feedback.sentiment, feedback.intent) == ("negative", feedback.intent)
    assert keys_of(feedback) == ["price", "support"]
    assert set(feedback.tags.values_list("by", flat=True)) == {"person"}
    assert [activity.what for activity in feedback.activities.all()] == ["confirm"]


def test_there_is_nothing_right_about_what_was_not_read_or_was_checked_before(feedback):
    make.feedback("not analyzed yet")
    cannot = make.feedback("Это слишком дорого")
    Feedback.objects.filter(pk=cannot.pk).update(analyzed_at=timezone.now(), language="unknown")
    corrections.correct_sentiment(feedback, "neutral", by=make.staff())

    assert corrections.confirm(Feedback.objects.all(), by=make.staff()) == Result(1, 2)
    assert corrections.confirm(Feedback.objects.all(), by=make.staff()) == Result(0, 3)
    assert list(Feedback.objects.checked()) == [feedback]


def test_what_was_found_right_goes_back_to_the_machine_too(feedback):
    corrections.confirm(Feedback.objects.all(), by=make.staff())

    corrections.undo_corrections(Feedback.objects.all(), by=make.staff())

    assert not Feedback.objects.corrected().exists()
