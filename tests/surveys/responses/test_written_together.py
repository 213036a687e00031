"""One statement writes what the ORM would write row by row: a response, its history, feedback."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from surveys.models import Response
from surveys.responses import submit
from surveys.responses.bot_detection import HumanSigns
from tests import make
from voc.models import Feedback, Tag, Topic
from voc.signals import feedback_captured

pytestmark = pytest.mark.django_db

BEGIN = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
PERSON, SCANNER = HumanSigns(touched=True), HumanSigns(scripted=True)

# What is done about one link, one after the other: minutes later, score, words, signs; or a verb.
STORIES = {
    "a score": [(0, 9, "", PERSON)],
    "a score and words": [(0, 9, " Good ", PERSON)],
    "the same twice": [(0, 9, "Good", PERSON), (5, 9, "Good", PERSON)],
    "another score": [(0, 9, "Good", PERSON), (5, 3, "Good", PERSON)],
    "words later": [(0, 9, "", PERSON), (5, 9, "Good 👍 'quoted' %s", PERSON)],
    "other words": [(0, 9, "Good", PERSON), (1, "read"), (5, 2, "Bad", PERSON)],
    "there and back": [(0, 9, "A", PERSON), (1, "read"), (5, 9, "B", PERSON), (6, 9, "A", PERSON)],
    "words taken back": [(0, 9, "Good", PERSON), (1, "read"), (5, 9, "", PERSON)],
    "a scanner": [(0, 9, "Good", SCANNER)],
    "a scanner, then a person": [(0, 9, "", SCANNER), (5, 3, "Bad", PERSON)],
    "a person, then a scanner": [(0, 3, "Bad", PERSON), (5, 9, "", SCANNER)],
    "a scan": [(0, n, "x", PERSON) for n in range(4)],
    "a scan that staff count": [*((0, n, "x", PERSON) for n in range(4)), (5, "count")],
    "taken out": [(0, 3, "Bad", PERSON), (5, "exclude"), (6, 4, "Still", PERSON), (9, "count")],
}  # fmt: skip


def row_by_row(response, now, *, before, why=""):
    """The plain version: what `write_down` does, by the ORM and simple_history."""
    response.changed_at = now
    response._history_date, response._change_reason = now, why
    response.save()
    if response.state == Response.State.COUNTED and response.comment:
        keep_the_words(response)
    return True


def keep_the_words(response):
    feedback = Feedback.objects.filter(response=response).first()
    if feedback is None:
        Feedback.objects.create(
            text=response.comment,
            channel="form" if response.survey.has_a_public_page else "survey",
            received_at=response.answered_at,
            customer=response.customer,
            response=response,
        )
    elif feedback.text != response.comment:
        feedback.text, feedback.feelings, feedback.signs = response.comment, [], []
        feedback.save()
        Feedback.objects.filter(pk=feedback.pk).queue_for_analysis()
        feedback.tags.update(start=None, end=None)


def happens(story, invitation):
    for minutes, *what in story:
        now = BEGIN + timedelta(minutes=minutes)
        match what:
            case [score, comment, signs]:
                submit.answer(
                    invitation, score=score, comment=comment, language="ja", now=now, signs=signs
                )
            case ["read"]:
                is_read(Feedback.objects.get(response__invitation=invitation))
            case [verb]:
                response = Response.objects.get(invitation=invitation)
                getattr(submit, verb)(response, now=now)


def is_read(feedback):
    """Somebody has read it, marked words in it, and owns it."""
    Feedback.objects.filter(pk=feedback.pk).update(
        feelings=[["negative", 0, 1]],
        signs=[["urgent", 0, 1]],
        analyzed_at=BEGIN,
        attempts=3,
        claimed_until=BEGIN,
        status="taken",
        sentiment="negative",
    )
    topic = Topic.objects.first() or make.topic()
    Tag.objects.create(feedback=feedback, topic=topic, start=0, end=1)


def rows_of(invitation):
    """All rows that speak of this invitation, with names for what differs between two of them."""
    response = Response.objects.filter(invitation=invitation).first()
    if response is None:
        return {}
    feedback = Feedback.objects.filter(response=response)
    history = apps.get_model("surveys", "HistoricalResponse").objects.filter(id=response.pk)
    tables = {
        "response": [response],
        "history": history.order_by("pk"),
        "feedback": feedback,
        "tags": Tag.objects.filter(feedback__in=feedback),
    }
    names = {
        "invitation_id": {invitation.pk: "the invitation"},
        "customer_id": {invitation.customer_id: "the customer"},
        "response_id": {response.pk: "the response"},
        "feedback_id": {each.pk: "the feedback" for each in feedback},
    }
    return {name: [named(row, names) for row in rows] for name, rows in tables.items()}


def named(row, names):
    columns = {each.attname: each.value_from_object(row) for each in row._meta.concrete_fields}
    for own in ("id", "history_id"):
        columns.pop(own, None)
    return {
        name: names[name].get(value, value) if name in names else value
        for name, value in columns.items()
    }


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_the_same_rows_are_left(story, monkeypatch):
    survey = make.survey()
    together, plain = make.invitation(about=survey), make.invitation(about=survey)

    happens(story, together)
    with monkeypatch.context() as patch:
        patch.setattr(submit, "write_down", row_by_row)
        happens(story, plain)

    assert rows_of(together) == rows_of(plain)
    assert rows_of(together)["history"]


@pytest.mark.parametrize("email", ["", "hanna@example.com"])
def test_the_same_rows_are_left_by_a_form(email, monkeypatch):
    form, rows = make.survey(kind="feedback"), []
    for plainly in (False, True):
        with monkeypatch.context() as patch:
            if plainly:
                patch.setattr(submit, "write_down", row_by_row)
            said = submit.say(form, words=" Too slow ", email=email, language="en", now=BEGIN)
        feedback = Feedback.objects.get(response=said)
        rows.append((
            named(said, {}),
            [named(each, {}) for each in said.history.all()],
            named(feedback, {"response_id": {said.pk: "the response"}}),
        ))  # fmt: skip

    assert rows[0] == rows[1]


def test_whoever_changes_it_at_the_desk_is_in_its_history(rf, sato):
    from simple_history.models import HistoricalRecords

    answered, request = make.response(9), rf.get("/")
    request.user = sato
    HistoricalRecords.context.request = request
    try:
        submit.exclude(answered, now=timezone.now())
    finally:
        del HistoricalRecords.context.request

    assert [each.history_user for each in answered.history.all()] == [sato, None]


def test_who_listens_for_feedback_is_told_once_with_the_row():
    heard = []

    def hear(feedback, **_):
        heard.append((feedback.pk, feedback.text, feedback.response.pk))

    feedback_captured.connect(hear)
    try:
        answered = make.response(9, "Good", at=BEGIN)
        for words in ("Good", "Better", ""):
            submit.answer(answered.invitation, score=9, comment=words, language="en", now=BEGIN)
        silent = make.response(9, "", at=BEGIN).invitation
        said = submit.answer(silent, score=9, comment="Late", language="en", now=BEGIN)
    finally:
        feedback_captured.disconnect(hear)

    late = Feedback.objects.get(response=said)
    assert heard == [
        (Feedback.objects.get(response=answered).pk, "Good", answered.pk),
        (late.pk, "Late", said.pk),
    ]


def test_a_listener_that_fails_undoes_it_all():
    def fail(**_):
        raise ValueError("mine")

    feedback_captured.connect(fail)
    try:
        with pytest.raises(ValueError, match="mine"):
            make.response(9, "Good")
    finally:
        feedback_captured.disconnect(fail)

    assert (Response.objects.count(), Feedback.objects.count()) == (0, 0)
