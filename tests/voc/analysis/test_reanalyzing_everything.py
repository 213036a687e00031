"""A reanalysis goes in batches: shown how far, stopped and gone on with, one at a time."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from lib.claims import LEASE
from tests import make
from tests.voc.analyzing import analyze_all
from voc import reanalysis
from voc.analysis import reanalyze
from voc.models import Feedback, Reanalysis, Topic
from voc.nlp.reader import Reader
from voc.tasks import reanalyze_everything
from voc.topics import phrase_changes
from voc.triage import corrections

pytestmark = pytest.mark.django_db

NOW = timezone.now()
begin_reading = Reader.begin


@pytest.fixture
def items():
    """Six, analyzed before the topic that is in all of them was there."""
    made = [make.feedback(f"A gizmo, number {n}") for n in range(6)]
    analyze_all()
    make.topic("gizmos", en=("gizmo",))
    return made


def begin():
    return reanalysis.begin(by=None, now=NOW)


def about_gizmos():
    return list(Feedback.objects.with_topic("gizmos").order_by("pk"))


def poisoned(error, word):
    def reading(self, text):
        if word in text:
            raise error
        return begin_reading(self, text)

    return patch.object(Reader, "begin", reading)


def test_it_goes_from_the_newest_down_and_says_how_far_it_is(items):
    begun = begin()

    assert reanalyze.reanalyze_batch(NOW, size=2) == 2

    begun.refresh_from_db()
    assert (begun.done, begun.total, begun.gained, begun.state) == (2, 6, 2, "running")
    assert about_gizmos() == items[4:]


def test_a_bell_is_enough_to_bring_it_to_its_end(items):
    begun = begin()

    reanalyze_everything()

    begun.refresh_from_db()
    assert (begun.state, begun.done, begun.gained, begun.lost) == ("done", 6, 6, 0)
    assert begun.ended_at
    assert about_gizmos() == items
    assert reanalyze_everything() == 0


def test_what_people_corrected_stays(items):
    corrections.correct_topics(items[0], [], by=make.staff())
    corrections.correct_sentiment(items[1], "negative", by=make.staff())
    begin()

    reanalyze_everything()

    items[1].refresh_from_db()
    assert about_gizmos() == items[1:]
    assert items[1].sentiment == "negative"


def test_what_was_read_before_it_was_stopped_stays_and_it_goes_on_from_there(items):
    begun = begin()
    reanalyze.reanalyze_batch(NOW, size=2)

    assert reanalysis.stop(begun, now=NOW)
    assert reanalyze.reanalyze_batch(NOW) == 0
    assert about_gizmos() == items[4:]

    begun.refresh_from_db()
    assert reanalysis.resume(begun)
    reanalyze_everything()
    begun.refresh_from_db()
    assert (begun.state, begun.done) == ("done", 6)
    assert about_gizmos() == items


def test_a_batch_that_was_under_way_when_it_was_stopped_is_not_written(items):
    begun = begin()

    def stopping(self, text):
        reanalysis.stop(begun, now=NOW)
        return begin_reading(self, text)

    with patch.object(Reader, "begin", stopping):
        reanalyze.reanalyze_batch(NOW)

    begun.refresh_from_db()
    assert (begun.state, begun.done, about_gizmos()) == ("stopped", 0, [])


def test_to_begin_while_one_is_going_on_begins_that_one_again(items):
    first = begin()
    reanalyze.reanalyze_batch(NOW, size=2)

    second = begin()

    assert first == second
    assert (second.done, second.gained, second.below) == (0, 0, None)
    assert Reanalysis.objects.count() == 1


def test_what_was_being_read_with_the_topics_of_before_is_not_written(items):
    begin()

    def changing(self, text):
        Topic.objects.filter(key="gizmos").update(phrases_en=["widget"])
        begin()
        return begin_reading(self, text)

    with patch.object(Reader, "begin", changing):
        reanalyze.reanalyze_batch(NOW)
    assert about_gizmos() == []

    reanalyze_everything()
    assert about_gizmos() == []


def test_one_that_a_later_one_came_after_does_not_go_on(items):
    first = begin()
    reanalysis.stop(first, now=NOW)
    reanalysis.begin(by=None, now=NOW + timedelta(seconds=1))

    first.refresh_from_db()
    assert not reanalysis.resume(first)


def test_a_killed_worker_costs_a_batch_and_nothing_is_half_written(items):
    begun = begin()

    with poisoned(KeyboardInterrupt(), "number 1"):
        reanalyze.reanalyze_batch(NOW, size=4)
        with pytest.raises(KeyboardInterrupt):
            reanalyze.reanalyze_batch(NOW, size=4)

    begun.refresh_from_db()
    assert (begun.done, about_gizmos()) == (4, items[2:])
    assert reanalyze.reanalyze_batch(NOW) == 0, "its lease is not over"
    while reanalyze.reanalyze_batch(NOW + LEASE, size=4):
        pass
    begun.refresh_from_db()
    assert (begun.state, begun.done, about_gizmos()) == ("done", 6, items)


def test_what_kills_its_workers_is_left_as_it_was_and_all_others_are_read(items):
    begun, moment = begin(), NOW
    deaths = 0

    with poisoned(KeyboardInterrupt(), "number 3"):
        for _ in range(20):
            try:
                reanalyze.reanalyze_batch(moment, size=4)
            except KeyboardInterrupt:
                deaths += 1
                moment += LEASE

    begun.refresh_from_db()
    assert deaths == 1 + reanalyze.TRIES_ALONE
    assert (begun.state, begun.done, begun.skipped) == ("done", 6, 1)
    assert about_gizmos() == items[:3] + items[4:]
    assert Feedback.objects.exclude(analyzed_at=None).count() == 6


def test_what_cannot_be_read_stands_in_nobodys_way(items, caplog):
    begun = begin()

    with poisoned(ValueError("gizmo"), "number 3"):
        reanalyze.reanalyze_batch(NOW)

    begun.refresh_from_db()
    assert (begun.done, begun.skipped) == (6, 1)
    assert about_gizmos() == items[:3] + items[4:]


def test_a_batch_costs_as_many_statements_as_a_single_item(items, django_assert_num_queries):
    begin()
    reanalyze.reanalyze_batch(NOW, size=1)

    with django_assert_num_queries(19):
        reanalyze.reanalyze_batch(NOW, size=1)
    with django_assert_num_queries(19):
        reanalyze.reanalyze_batch(NOW, size=3)


def test_previews_go_first_because_somebody_is_looking(items):
    begin()
    topic = Topic.objects.get(key="gizmos")
    phrase_changes.propose(topic, phrases={"ja": [], "en": ["number"]}, by=None, now=NOW)

    reanalyze.reanalyze_batch(NOW)

    assert [each.done for each in Reanalysis.objects.order_by("is_preview")] == [0, 6]


def test_two_workers_are_never_at_the_same_one(items):
    begin()

    first, second = Reanalysis.objects.claim(NOW), Reanalysis.objects.claim(NOW)

    assert (first.attempts, second) == (1, None)


def test_what_was_set_aside_is_left_alone(items):
    Feedback.objects.filter(pk=items[0].pk).update(analyzed_at=None, attempts=5)
    begun = begin()

    reanalyze_everything()

    begun.refresh_from_db()
    assert (begun.state, begun.done) == ("done", 5)
