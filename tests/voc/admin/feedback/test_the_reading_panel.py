"""What we made of the words stands in the margin, with the words that made us think so."""

import pytest
from django.utils import timezone

from tests import make
from voc.admin.feedback.reading_panel import read_by
from voc.models import Feedback, Topic
from voc.triage import corrections

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def read(text, *, score=None, topics=(), **reading):
    """An item, as if it had been read so. Topics: (key, feeling, their words)."""
    item = make.feedback(text) if score is None else make.response(score, text).feedback
    Feedback.objects.filter(pk=item.pk).update(
        **{"analyzed_at": timezone.now(), "sentiment": "neutral", "analyzer": "rules-2", **reading}
    )
    for key, feeling, words in topics:
        start = text.index(words)
        item.tags.create(
            topic=Topic.objects.get(key=key),
            sentiment=feeling,
            start=start,
            end=start + len(words),
        )
    return item


def spans(text, **words):
    return [
        [kind, text.index(these), text.index(these) + len(these)] for kind, these in words.items()
    ]


def shown(desk, item):
    return desk.get(f"/admin/voc/feedback/{item.pk}/change/")


def words(page):
    page = page.content.decode()
    return page.split('<div class="desk-words"', 1)[1].split("<bdi>", 1)[1].split("</bdi>")[0]


def test_the_words_that_show_an_urgency_are_marked_and_quoted(desk):
    text = "もう解約します。"
    item = read(text, urgency="churn", signs=spans(text, churn="解約します"))

    page = shown(desk, item)

    assert words(page) == (
        'もう<span class="mark is-unknown is-sign is-churn">解約します</span>'
        '<small class="beside is-sign is-churn">is leaving</small>。'
    )
    assert page.context["urgency"].quotes == ("解約します",)


def test_what_they_want_is_said_with_the_words_that_show_it(desk):
    text = "Please add a dark mode."
    item = read(text, intent="request", signs=spans(text, request="Please add"))

    remark = shown(desk, item).context["intent"]

    assert (remark.label, remark.quotes) == (
        '<span class="intent">request</span>',
        ("Please add",),
    )


def test_what_shows_a_complaint_is_quoted_but_not_marked_beside_its_feeling(desk):
    text = "It is cold."
    item = read(text, intent="complaint", signs=spans(text, complaint="cold"))

    page = shown(desk, item)

    assert words(page) == text
    assert page.context["intent"].quotes == ("cold",)


def test_a_kind_of_sign_from_another_version_is_left_out(desk):
    item = read("Hello", signs=[["joke", 0, 5]])

    assert words(shown(desk, item)) == "Hello"


def test_each_topic_is_quoted_with_the_words_of_its_feeling(desk):
    text = "配送は早いのに、送料が高すぎます"
    item = read(
        text,
        sentiment="mixed",
        feelings=spans(text, positive="早い", negative="高すぎ"),
        topics=[("delivery", "positive", "配送"), ("price", "negative", "送料")],
    )

    page = shown(desk, item)

    assert [remark.quotes for remark in page.context["topics"]] == [
        ("配送は早い",),
        ("送料が高すぎ",),
    ]
    assert page.context["mixed"] == "Positive about Delivery, negative about Price."


def test_mixed_feelings_without_topics_are_told_by_their_words(desk):
    text = "Lovely, but cold."
    item = read(text, sentiment="mixed", feelings=spans(text, positive="Lovely", negative="cold"))

    assert shown(desk, item).context["mixed"] == "Positive about “Lovely”, negative about “cold”."


def test_half_of_what_is_mixed_explains_nothing(desk):
    text = "Lovely"
    item = read(text, sentiment="mixed", feelings=spans(text, positive="Lovely"))

    assert shown(desk, item).context["mixed"] == ""


@pytest.mark.parametrize(
    ("score", "sentiment", "told"),
    [
        (9, "negative", "They gave 9 (promoter), and what they wrote is negative."),
        (4, "positive", "They gave 4 (detractor), and what they wrote is positive."),
        (9, "positive", ""),
        (8, "negative", ""),
        (2, "mixed", ""),
    ],
)
def test_a_score_that_disagrees_with_the_words_is_remarked_upon(desk, score, sentiment, told):
    item = read("said", score=score, sentiment=sentiment)

    assert shown(desk, item).context["doubt"].partition(" The scale")[0] == told


def test_a_language_we_cannot_read_is_named_as_such(desk):
    foreign = read("너무 비싸요", language="unknown", sentiment=None)
    to_analyze = make.feedback("not analyzed yet")
    told = "We cannot read this language yet; nothing was guessed."

    assert told in shown(desk, foreign).content.decode()
    assert told not in shown(desk, to_analyze).content.decode()


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("analyzer", "told"),
    [("", ""), ("rules-2", "rules 2"), ("rules-2+ja-7", "rules 2, classifier ja-7")],
)
def test_it_is_said_which_reader_read_it(analyzer, told):
    assert read_by(analyzer) == told


def test_personal_data_is_named_by_its_kinds_and_not_repeated(desk):
    item = read("Call 03-0000-5678 or write to emma@example.com")

    assert shown(desk, item).context["private"] == "email address, phone number"


def test_that_a_person_checked_it_is_said(desk, sato):
    item = read("said")
    told = "A person has checked this reading."
    assert told not in shown(desk, item).content.decode()

    corrections.confirm(Feedback.objects.all(), by=sato)

    assert told in shown(desk, item).content.decode()
