"""Whatever was written becomes feedback, by one door, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.responses import submit
from tests import make
from voc.intake.capture import capture, capture_all
from voc.intake.incoming import Captured, Incoming
from voc.models import Feedback, Tag
from voc.signals import feedback_captured

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def take_in(text="Too slow", **more):
    return capture(text=text, channel="review", received_at=NOW, **more)


def test_the_reason_for_a_score_becomes_feedback():
    response = make.response(3, "Too slow")

    feedback = Feedback.objects.get()
    assert (feedback.text, feedback.channel, feedback.score) == ("Too slow", "survey", 3)
    assert (feedback.customer, feedback.received_at) == (response.customer, response.answered_at)
    assert feedback in Feedback.objects.to_analyze()


def test_a_score_without_a_reason_does_not():
    make.response(3)

    assert not Feedback.objects.exists()


def test_words_from_a_public_form_say_that_they_came_through_it():
    form = make.survey(kind="feedback")

    submit.say(form, words="助かりました", email="", language="ja", now=NOW)

    assert Feedback.objects.get().channel == "form"


def test_a_customer_who_changes_the_reason_is_read_again():
    response = make.response(3, "Too slow")
    Feedback.objects.update(analyzed_at=NOW, feelings=[["negative", 0, 8]])

    submit.answer(
        response.invitation, score=9, comment="Fast now", language="en", now=timezone.now()
    )

    feedback = Feedback.objects.get()
    assert (feedback.text, feedback.feelings) == ("Fast now", [])
    assert feedback in Feedback.objects.to_analyze()


def test_what_marked_the_old_words_does_not_mark_the_new_ones():
    feedback = take_in("The price is high", external_id="7")
    Tag.objects.create(feedback=feedback, topic=make.topic(), start=4, end=9, by="person")

    take_in("Now it is cheap", external_id="7")

    tag = feedback.tags.get()
    assert (tag.start, tag.end) == (None, None)


def test_a_customer_who_takes_the_reason_back_has_still_said_it():
    response = make.response(3, "Too slow")

    submit.answer(response.invitation, score=3, comment="", language="en", now=timezone.now())

    assert Feedback.objects.get().text == "Too slow"


def test_the_same_words_with_the_same_id_are_no_news():
    feedback = take_in(external_id="7")
    Feedback.objects.update(analyzed_at=NOW)

    assert take_in(external_id="7") == feedback
    assert not Feedback.objects.to_analyze().exists()


def test_two_items_without_an_id_are_two():
    take_in()
    take_in()

    assert Feedback.objects.count() == 2


def test_the_same_id_on_another_channel_is_another_item():
    take_in(external_id="7")
    capture(text="Hello", channel="support", received_at=NOW, external_id="7")

    assert Feedback.objects.count() == 2


def test_many_are_counted_by_what_became_of_them():
    take_in("one", external_id="1")
    take_in("two", external_id="2")
    incoming = [Incoming(text, NOW, n) for n, text in [("1", "one"), ("2", "2"), ("3", "three")]]

    counts = list(capture_all(incoming, channel="review"))

    assert counts == [Captured(new=1, changed=1, unchanged=1)]


def test_an_id_twice_in_one_batch_is_one_item_with_the_later_words():
    incoming = [Incoming("first", NOW, "1"), Incoming("second", NOW, "1")]

    list(capture_all(incoming, channel="review"))

    assert Feedback.objects.get().text == "second"


def test_what_no_database_keeps_is_left_out():
    feedback = take_in("a\0b \ud800", raw={"note\0": ["x\0", 3]})

    feedback.refresh_from_db()
    assert (feedback.text, feedback.raw) == ("ab ?", {"note": ["x", 3]})


def test_everyone_who_listens_hears_of_new_words_once():
    heard = []

    def listen(feedback, **_rest):
        heard.append(feedback.text)

    feedback_captured.connect(listen)
    try:
        take_in("one", external_id="1")
        take_in("one, again", external_id="1")
    finally:
        feedback_captured.disconnect(listen)

    assert heard == ["one"]


def test_what_is_captured_waits_for_a_reader():
    feedback = take_in()

    assert list(Feedback.objects.to_analyze().free(NOW + timedelta(seconds=1))) == [feedback]
