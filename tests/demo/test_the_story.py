"""The made-up company: told the same each time, through the real verbs, and quickly."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from demo.story import script
from demo.story.load import UNANSWERED, load
from reports.models import Fix, Notice
from surveys.models import Invitation, Response
from surveys.questions import kinds, nps
from voc.models import (
    Activity,
    Case,
    Classifier,
    Consideration,
    Feedback,
    Intent,
    PhraseChange,
    Sentiment,
    Theme,
    Topic,
    Urgency,
)
from voc.nlp.classifier import FEWEST_EXAMPLES
from voc.privacy import masking

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """Told once for all the tests here, which only look at it, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told(story, db):
    """The story, and a database to ask about it."""


def test_months_of_answers_with_reasons(told):
    responses = Response.objects.scored(kinds.NPS)

    assert responses.count() > 200
    assert responses.exclude(comment="").count() > 80
    assert responses.filter(answered_at__gt=NOW).count() == 0
    assert responses.earliest("answered_at").answered_at < NOW - timedelta(days=240)


def test_both_languages_are_heard(told):
    languages = {code: Feedback.objects.filter(language=code).count() for code in ("ja", "en")}
    assert languages["ja"] > languages["en"] > 20


def test_all_feedback_is_analyzed_and_no_sentence_is_said_twice(told):
    texts = list(Feedback.objects.values_list("text", flat=True))

    assert Feedback.objects.to_analyze().count() == 0
    assert len(texts) == len(set(texts)) > 420


def test_the_desk_has_something_of_everything(told):
    assert set(Feedback.objects.values_list("status", flat=True)) == set(Feedback.Status.values)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_enough_was_checked_to_learn_from_in_each_language(told, language):
    checked = Feedback.objects.examples_in(language).checked()
    confirmed = checked.filter(activities__what=Activity.What.CONFIRM)
    classifier = Classifier.objects.of(language).get()

    assert checked.count() >= FEWEST_EXAMPLES
    assert [classifier.examples, classifier.confirmed] == [checked.count(), confirmed.count()]
    assert not classifier.is_one_sided
    assert classifier.rules_f3
    assert classifier.rules_topics


def test_what_was_checked_stands_as_the_desk_said(told):
    said = {item.text: item.check for item in script.reviews() if item.check}
    checked = Feedback.objects.checked().prefetch_related("tags__topic")

    stands = {
        each.text: script.Check(each.sentiment, frozenset(tag.topic.key for tag in each.tags.all()))
        for each in checked
    }

    assert stands == said


@pytest.mark.parametrize(("language", "phrase"), [("ja", "ジッパー"), ("en", "zip")])
def test_what_customers_begin_to_talk_about_is_detected(told, language, phrase):
    (theme,) = Theme.objects.to_look_at().in_language(language)

    assert theme.phrase == phrase
    assert theme.n >= 8
    assert theme.n_before == 0


def test_a_change_of_phrases_is_previewed_and_waits(told):
    change = PhraseChange.objects.open().get()

    assert change.preview.is_done
    assert change.preview.done == Feedback.objects.count()
    assert change.preview.gained
    assert change.preview.lost
    assert change.topic.suggestions.to_look_at().exists()


def test_every_way_of_reading_is_shown(told):
    texts = Feedback.objects.values_list("text", flat=True)

    assert set(Feedback.objects.values_list("urgency", flat=True)) == {None, *Urgency.values}
    assert set(Feedback.objects.values_list("intent", flat=True)) >= set(Intent.values)
    assert set(Feedback.objects.values_list("sentiment", flat=True)) == {None, *Sentiment.values}
    assert Feedback.objects.contradicting().exists()
    assert {kind for text in texts for kind in masking.kinds_in(text)} >= {"phone", "name"}


def test_what_cannot_wait_waits_on_the_desk(told):
    assert Feedback.objects.open().urgent().count() >= 4


def test_nobody_is_asked_twice_within_ninety_days(told):
    asked = {}
    for invitation in Invitation.objects.sent().order_by("send_after"):
        before = asked.get(invitation.customer_id)
        assert before is None or invitation.send_after - before >= timedelta(days=90)
        asked[invitation.customer_id] = invitation.send_after


def test_the_nps_is_better_after_the_fixes_than_before(told):
    middle = NOW - timedelta(days=126)

    scores = Response.objects.scored(kinds.NPS).values_list("score", flat=True)

    before = nps.Tally.of(scores.filter(answered_at__lt=middle))
    after = nps.Tally.of(scores.filter(answered_at__gte=middle))
    assert before.nps < 0 < after.nps


def test_a_complaint_is_older_than_its_fix_and_its_praise_younger(told):
    shipped = {fix.you_said_ja: fix.shipped_at for fix in Fix.objects.shipped()}
    moments = {fix.key: shipped.get(fix.you_said_ja) for fix in script.fixes()}
    said = dict(Feedback.objects.values_list("text", "received_at"))

    for words in script.answers():
        if words.text in said and moments.get(words.asks):
            assert said[words.text] < moments[words.asks]


def test_fixes_are_shipped_and_those_who_asked_were_told(told):
    assert [Fix.objects.shipped().count(), Fix.objects.count()] == [6, 8]
    assert all(fix.notices.exists() for fix in Fix.objects.shipped())


def test_some_mails_are_left_for_the_worker(told):
    assert Invitation.objects.due(NOW).count() == len(UNANSWERED)
    assert Notice.objects.due(NOW).count() >= 3


def test_an_unknown_channel_or_fix_would_be_noticed():
    keys = {fix.key for fix in script.fixes()} | {""}

    assert {item.asks for item in script.inbound_items()} <= keys
    assert {words.asks for words in script.answers()} <= keys
    assert {item.channel for item in script.inbound_items()} <= set(Feedback.Channel.values)


@pytest.mark.django_db
def test_reviews_are_no_answers_and_say_what_the_desk_knows():
    checks = [item.check for item in script.reviews() if item.check]
    topics = {*Topic.objects.values_list("key", flat=True), script.taste().topic["key"]}

    assert {item.channel for item in script.reviews()} == {"review", "support"}
    assert {check.feeling for check in checks} == set(Sentiment.values)
    assert {topic for check in checks for topic in check.topics} <= topics


def test_low_scores_have_cases_in_every_state(told):
    states = set(Case.objects.values_list("state", flat=True))

    assert states == {"open", "waiting", "closed"}
    assert Case.objects.overdue(NOW).exists()
    assert Case.objects.filter(feedback=None).exists()
    assert Consideration.objects.count() == 0
    assert not Case.objects.filter(opened_at__gt=NOW).exists()


def test_everybody_at_work_has_cases_of_their_own(told):
    for name in ("kobayashi", "mori", "emma"):
        assert Case.objects.not_closed().filter(owner__username=name).exists()
