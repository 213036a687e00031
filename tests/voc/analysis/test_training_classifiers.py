"""What people check is learned from at night, and used only where it beats the rules."""

from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests import make
from tests.voc.analyzing import analyze_all
from voc import classifiers, tasks
from voc.analysis import analyze, apply_classifiers, train_classifiers
from voc.models import Classifier, Feedback, Topic
from voc.nlp.classifier import RULES_VERSION
from voc.triage import corrections

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + timedelta(days=1)
State = Classifier.State

# What the rules read as neither good nor bad, and these customers mean.
MEANT = {"positive": "The {} is totally zonk", "negative": "The {} went full blorp", "neutral": ""}
THINGS = ["lamp", "chair", "table", "clock", "shelf", "kettle", "phone", "door", "desk", "radio"]


def said(feeling, number):
    thing = f"{THINGS[number % 10]} number {number + 300}"
    return (MEANT[feeling] or "I have the {}").format(thing)


@pytest.fixture(autouse=True)
def _forget_weights():
    """Ids are given again in every test, and to no classifier of a real site."""
    apply_classifiers.load_weights.cache_clear()


@pytest.fixture
def person():
    return make.staff()


def check(person, *, changed=40, confirmed=40):
    """Of each feeling so many: those that the rules misread are changed, the others confirmed."""
    for number in range(changed):
        for feeling in ("positive", "negative"):
            make.feedback(said(feeling, number))
    for number in range(confirmed):
        make.feedback(said("neutral", number))
    analyze_all()
    for feeling, words in (("positive", "zonk"), ("negative", "blorp")):
        items = Feedback.objects.filter(text__contains=words)
        corrections.correct_sentiments(items, feeling, by=person)
    corrections.confirm(Feedback.objects.all(), by=person)


def learn(now=LATER):
    return {learned.language: learned for learned in train_classifiers.train_all(now)}


def read(text):
    feedback = make.feedback(text)
    analyze.analyze_batch(LATER)
    feedback.refresh_from_db()
    return feedback


def classifier(
    version, *, state=State.RETIRED, language="en", rules_version=RULES_VERSION, weights=b"some"
):
    return Classifier.objects.create(
        language=language,
        version=version,
        state=state,
        rules_version=rules_version,
        weights=weights,
        examples=120,
        corrected=60,
    )


def states():
    return {each.version: each.state for each in Classifier.objects.without_weights()}


def test_the_rules_read_these_words_as_neutral():
    assert {read(said("positive", 1)).sentiment, read(said("negative", 1)).sentiment} == {"neutral"}


def test_what_people_said_often_enough_is_learned_and_used(person):
    check(person)

    learned = learn()["en"].classifier

    assert (learned.version, learned.state) == (1, "in_use")
    assert (learned.examples, learned.corrected) == (120, 80)
    assert learned.learned_f3 > learned.rules_f3
    feedback = read("Our sofa is totally zonk")
    assert (feedback.sentiment, feedback.intent) == ("positive", "praise")
    assert feedback.analyzer.endswith("+en-1")


def test_what_a_person_said_stays_whatever_is_learned(person):
    check(person)
    feedback = read("My garden is totally zonk")
    corrections.correct_sentiment(feedback, "mixed", by=person)
    learn()

    Feedback.objects.queue_for_analysis()
    analyze.analyze_batch(LATER)

    feedback.refresh_from_db()
    assert feedback.sentiment == "mixed"


def test_too_few_examples_make_no_classifier(person):
    check(person, changed=30, confirmed=39)

    learned = learn()["en"]

    assert (learned.examples, learned.classifier) == (99, None)


def test_with_hardly_any_reading_found_right_nothing_can_be_told(person):
    check(person, changed=60, confirmed=20)

    learned = learn()["en"].classifier

    assert (learned.state, bytes(learned.weights)) == ("one_sided", b"")
    assert read("Our sofa is totally zonk").sentiment == "neutral"


def test_what_does_not_beat_the_rules_is_not_used(person):
    for number in range(60):
        make.feedback(f"The {said('neutral', number)} is great")
        make.feedback(f"The {said('neutral', number)} is terrible")
    analyze.analyze_batch(NOW)
    corrections.confirm(Feedback.objects.all(), by=person)

    learned = learn()["en"].classifier

    assert (learned.state, bytes(learned.weights)) == ("not_better", b"")
    assert (learned.rules_f3, learned.reads_feelings) == (1.0, False)


def test_nothing_new_teaches_nothing_new(person):
    check(person)
    learn()

    assert learn(LATER + timedelta(days=1))["en"].classifier is None

    corrections.confirm(Feedback.objects.filter(pk=read("I have a lamp").pk), by=person)
    Feedback.objects.last().activities.update(at=LATER + timedelta(hours=1))
    assert learn(LATER + timedelta(days=1))["en"].classifier.version == 2


def test_other_rules_are_a_reason_to_learn_again_and_the_old_classifier_rests(person):
    check(person)
    learn()
    Classifier.objects.update(rules_version="rules-1/1")

    assert read("Our sofa is totally zonk").sentiment == "neutral"
    learn(LATER + timedelta(days=1))
    assert states() == {2: "in_use", 1: "retired"}


def test_a_learned_topic_names_the_word_that_carries_it(person):
    gizmos = make.topic("gizmos", en=("gizmo",))
    for number in range(60):
        make.feedback(f"The fizzbang of my {THINGS[number % 10]} came loose")
        make.feedback(said("neutral", number))
    analyze.analyze_batch(NOW)
    for feedback in Feedback.objects.filter(text__contains="fizzbang"):
        corrections.correct_topics(feedback, [*feedback.topics.all(), gizmos], by=person)
    corrections.confirm(Feedback.objects.all(), by=person)

    learned = learn()["en"].classifier

    assert (learned.state, learned.reads_topics) == ("in_use", True)
    tag = read("The fizzbang of my sofa came loose").tags.get(topic=gizmos)
    assert (tag.start, tag.end, tag.by) == (4, 12, "machine")


def test_a_topic_that_is_no_longer_looked_for_is_not_found_by_learning_either(person):
    test_a_learned_topic_names_the_word_that_carries_it(person)
    Topic.objects.filter(key="gizmos").update(archived=True)

    assert not read("The fizzbang of my stool came loose").topics.filter(key="gizmos").exists()


def test_weights_that_cannot_be_read_leave_the_rules(person, caplog):
    classifier(1, state=State.IN_USE, weights=b"\x80\x04 no npz")

    feedback = read("Great lamp")

    assert (feedback.sentiment, feedback.analyzer.count("+")) == ("positive", 0)
    assert caplog.messages == ["classifier en-1 could not be used: NotUnderstood"]


def test_going_back_uses_the_one_before_and_then_the_rules(person):
    classifier(1, state=State.NOT_BETTER), classifier(2), classifier(3, state=State.IN_USE)

    assert classifiers.roll_back("en", by=person, now=NOW).version == 2
    assert states() == {3: "retired", 2: "in_use", 1: "not_better"}
    assert classifiers.roll_back("en", by=person, now=NOW) is None
    assert states() == {3: "retired", 2: "retired", 1: "not_better"}
    assert classifiers.roll_back("en", by=person, now=NOW) is None


def test_going_back_never_leads_to_one_of_other_rules_or_without_weights(person):
    (
        classifier(1, rules_version="rules-1/1"),
        classifier(2, weights=b""),
        classifier(3, state=State.IN_USE),
    )

    assert classifiers.roll_back("en", by=person, now=NOW) is None


def test_after_going_back_what_wins_waits_for_a_person(person):
    check(person)
    learn()
    classifiers.roll_back("en", by=person, now=LATER)
    Classifier.objects.update(trained_at=NOW - timedelta(days=1))

    assert learn()["en"].classifier.state == "waiting"
    assert read("Our sofa is totally zonk").sentiment == "neutral"

    assert classifiers.activate_newest("en").version == 2
    assert read("Our stool is totally zonk").sentiment == "positive"
    assert not Classifier.objects.rolled_back().exists()


def test_taking_up_the_newest_where_there_is_none_only_lets_the_next_one_in(person):
    classifier(1, state=State.IN_USE)
    classifiers.roll_back("en", by=person, now=NOW)
    Classifier.objects.update(weights=b"")

    assert classifiers.activate_newest("en") is None
    assert not Classifier.objects.rolled_back().exists()


def test_only_the_last_ten_keep_their_weights(person):
    for version in range(1, 12):
        classifier(version)
    Classifier.objects.update(trained_at=NOW - timedelta(days=1))
    check(person)

    learn()

    kept = Classifier.objects.exclude(weights=b"").order_by("version")
    assert list(kept.values_list("version", flat=True)) == list(range(3, 13))


def test_of_two_workers_that_learn_the_same_only_one_writes_it_down(person):
    check(person)
    judged = train_classifiers.cross_validation.of_feelings

    def meanwhile(examples):
        classifier(1)
        return judged(examples)

    with patch.object(train_classifiers.cross_validation, "of_feelings", meanwhile):
        assert learn()["en"].classifier is None

    assert states() == {1: "retired"}


def test_the_bell_and_the_command_do_the_same(person):
    check(person, changed=30, confirmed=10)
    told = StringIO()

    call_command("learn", stdout=told)

    assert told.getvalue() == (
        "en: 例は100件のうち70件。学習には足りません\nja: 例は100件のうち0件。学習には足りません\n"
    )
    assert tasks.train_classifiers() == 0
