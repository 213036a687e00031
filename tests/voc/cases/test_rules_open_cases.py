"""Rules open cases for answers that fit, once each, and give them to whoever is there."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from surveys.responses import claim_address, submit
from tests import make
from voc.analysis.analyze import analyze_batch
from voc.cases import rules, workflow
from voc.models import (
    Absence,
    BusinessCalendar,
    Case,
    CaseRule,
    Colleague,
    Consideration,
    Feedback,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_rule_yet():
    """A new site has one; each test says its own."""
    CaseRule.objects.all().delete()


def rule(*people, **conditions):
    long_ago = timezone.now() - timedelta(days=90)
    options = {"name": f"Rule {CaseRule.objects.count()}", "on_since": long_ago, **conditions}
    made = CaseRule.objects.create(**options)
    made.people.set(people)
    return made


def consider():
    while analyze_batch(timezone.now()):
        continue
    while rules.consider_batch(timezone.now()):
        continue
    return list(Case.objects.order_by("pk"))


def person(name, **more):
    made = make.staff(name=name)
    for field, value in more.items():
        setattr(made, field, value)
    made.save()
    return made


def test_a_low_score_without_words_opens_a_case():
    by_score = rule(score_at_most=6)
    low, _high = make.response(6), make.response(7)

    (case,) = consider()

    assert (case.response, case.customer, case.rule) == (low, low.customer, by_score)
    assert Consideration.objects.count() == 0


def test_a_low_score_with_words_opens_one_case_and_the_words_are_in_it():
    rule(score_at_most=6)
    response = make.response(3, "The parcel came late")

    (case,) = consider()

    assert case.response == response
    assert [item.text for item in case.feedback.all()] == ["The parcel came late"]


def test_words_that_follow_the_score_join_its_case():
    rule(score_at_most=6)
    response = make.response(3)
    (case,) = consider()

    invitation = response.invitation
    submit.answer(invitation, score=3, comment="Too slow", language="en", now=timezone.now())

    assert consider() == [case]
    assert [item.text for item in case.feedback.all()] == ["Too slow"]


def test_a_changed_score_is_considered_again():
    rule(score_at_most=6)
    response = make.response(9)
    assert consider() == []

    later = timezone.now() + timedelta(minutes=5)
    submit.answer(response.invitation, score=2, language="en", now=later)

    assert [case.response for case in consider()] == [response]


def test_what_does_not_count_opens_no_case():
    rule(score_at_most=6)
    response = make.response(2)
    submit.exclude(response, now=timezone.now())

    assert consider() == []

    submit.count(response, now=timezone.now())
    assert len(consider()) == 1


def test_an_answer_that_has_a_case_gets_no_other():
    rule(score_at_most=6)
    case, _new = workflow.open_case(response=make.response(2), now=timezone.now())

    assert consider() == [case]


def test_answers_of_before_it_was_switched_on_are_left_alone():
    rule(score_at_most=6, on_since=timezone.now())
    make.response(2, at=timezone.now() - timedelta(hours=1))

    assert consider() == []


def test_history_that_is_analyzed_again_opens_no_cases():
    rule(score_at_most=6)
    make.response(2, "Too slow", at=timezone.now() - timedelta(days=40))

    assert consider() == []


def test_a_rule_that_is_off_does_nothing():
    rule(score_at_most=6, on_since=None)
    make.response(2)

    assert consider() == []


def test_the_first_rule_that_fits_wins():
    rule(score_at_most=6, position=20)
    first = rule(score_at_most=3, position=10)
    make.response(2)

    assert [case.rule for case in consider()] == [first]


def test_words_that_the_reader_gave_up_are_considered_by_their_score():
    rule(score_at_most=6)
    response = make.response(2, "Too slow")
    Feedback.objects.update(attempts=Feedback.MOST_ATTEMPTS)

    assert [case.response for case in consider()] == [response]


def one(text, *, language="en", customer=None, score=None, **reading):
    """An analyzed answer with words."""
    if score is not None:
        make.response(score, text, by=customer)
    else:
        make.feedback(text, by=customer)
    item = Feedback.objects.latest("pk")
    while analyze_batch(timezone.now()):
        continue
    Feedback.objects.filter(pk=item.pk).update(language=language, **reading)
    return item


GOLD = {"tier": "ＧＯＬＤ", "seats": 3}


@pytest.mark.parametrize(
    ("conditions", "fits", "does_not"),
    [
        ({"sentiment": "negative"}, {"sentiment": "negative"}, {"sentiment": "positive"}),
        ({"urgency": "legal"}, {"urgency": "legal"}, {"urgency": "churn"}),
        ({"urgency": "any"}, {"urgency": "churn"}, {"urgency": None}),
        ({"language": "ja"}, {"language": "ja"}, {"language": "en"}),
        ({"words": "ｶｲﾔｸ\ncancel my plan"}, {"text": "解約かいやくしたい"}, {"text": "快適"}),
        ({"words": "cancel plan"}, {"text": "My PLAN: cancel it"}, {"text": "Cancel it"}),
        ({"score_at_most": 3}, {"score": 3}, {"score": 4}),
    ],
)
def test_each_condition_narrows(conditions, fits, does_not):
    rule(**conditions)
    one(**{"text": "Hello", "score": 3, **does_not})
    assert consider() == []

    item = one(**{"text": "Hello", "score": 3, **fits})

    assert [case.response for case in consider()] == [item.response]


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [("tier", "gold", True), ("seats", "3", True), ("tier", "silver", False), ("x", "", False)],
)
def test_an_attribute_is_the_same_however_it_is_written(name, value, fits):
    rule(attribute=name, attribute_value=value or "y")
    customer = make.customer()
    customer.attributes = GOLD
    customer.save()
    make.response(9, by=customer)
    one("Fine", customer=customer)

    assert len(consider()) == (2 if fits else 0)


def test_a_topic_is_spoken_of_by_those_that_belong_to_it():
    above, below = make.topic("freight"), make.topic("carriers", en=("courier",))
    below.parent = above
    below.save()
    rule(topic=above)
    make.feedback("The courier was rude")
    make.feedback("The colour was odd")

    (case,) = consider()

    assert case.feedback.get().text == "The courier was rude"


def test_all_conditions_must_hold():
    rule(score_at_most=6, words="late")
    make.response(2)
    make.response(9, "It came late")
    make.response(2, "It came late")

    assert [case.score for case in consider()] == [2]


def test_a_score_of_another_survey_is_left_alone():
    one_survey, other = make.survey(), make.survey()
    rule(score_at_most=6, survey=one_survey)
    make.response(2, about=other)
    response = make.response(2, about=one_survey)

    assert [case.response for case in consider()] == [response]


def test_people_get_cases_in_turn_and_who_is_away_is_passed_over():
    mei, ken, ann = person("mei"), person("ken"), person("ann")
    rule(mei, ken, ann, score_at_most=6, gives="in_turn")
    today = timezone.localdate()
    Absence.objects.create(person=ken, first_day=today, last_day=today)
    for _ in range(3):
        make.response(2)
        consider()

    assert [case.owner for case in Case.objects.order_by("pk")] == [mei, ann, mei]


def test_whoever_has_fewest_open_cases_gets_the_next():
    mei, ken = person("mei"), person("ken")
    rule(mei, ken, score_at_most=6, gives="by_load")
    workflow.open_case(response=make.response(9), now=timezone.now(), owner=mei)
    for _ in range(3):
        make.response(2)

    assert [case.owner for case in consider()] == [mei, ken, mei, ken]


@pytest.mark.parametrize("written", ["ken", "KEN", "Ken@Shop.example"])
def test_the_owner_of_the_account_gets_it(written):
    ken = person("ken", email="ken@shop.example")
    rule(score_at_most=6, gives="attribute", owner_attribute="担当")
    customer = make.customer()
    customer.attributes = {"担当": written}
    customer.save()
    make.response(2, by=customer)

    assert [case.owner for case in consider()] == [ken]


def test_only_those_who_read_the_language_get_it():
    mei, ken = person("mei"), person("ken")
    Colleague.objects.create(user=mei, reads=["en"])
    rule(mei, ken, score_at_most=6, gives="in_turn", only_readers=True)
    for _ in range(2):
        make.response(2, by=make.customer(language="ja"))

    assert [case.owner for case in consider()] == [ken, ken]


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"gives": "nobody"}, "rule: nobody"),
        ({"gives": "in_turn"}, "rule: away"),
        ({"gives": "attribute", "owner_attribute": "担当"}, "rule: unknown"),
    ],
)
def test_nobody_left_is_said(how, why):
    rule(score_at_most=6, **how)
    make.response(2)

    (case,) = consider()

    assert case.owner is None
    assert case.activities.get().reason == why


def test_nobody_who_reads_it_is_said():
    mei = person("mei")
    Colleague.objects.create(user=mei, reads=["en"])
    rule(mei, score_at_most=6, gives="by_load", only_readers=True)
    make.response(2, by=make.customer(language="ja"))

    (case,) = consider()

    assert (case.owner, case.activities.get().reason) == (None, "rule: reads")


def test_a_case_is_due_in_business_hours():
    rule(score_at_most=6, due_in_hours=16)
    rule(words="late", due_in_hours=None)
    make.response(2)
    make.feedback("It came late")

    first, second = consider()

    assert first.due_at > timezone.now() + timedelta(hours=16)
    assert second.due_at is None


def test_a_company_without_hours_has_nothing_due():
    BusinessCalendar.objects.all().delete()
    BusinessCalendar.objects.create()
    rule(score_at_most=6)
    make.response(2)

    assert consider()[0].due_at is None


def test_a_worker_that_dies_loses_and_doubles_nothing(monkeypatch):
    rule(score_at_most=6)
    responses = [make.response(2) for _ in range(3)]
    whole, opened = workflow.open_case, []

    def dies_at_the_second(**what):
        opened.append(what)
        if len(opened) == 2:
            raise KeyboardInterrupt
        return whole(**what)

    monkeypatch.setattr(workflow, "open_case", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        rules.consider_batch(timezone.now())
    assert (Case.objects.count(), Consideration.objects.count()) == (0, 3)

    monkeypatch.undo()
    a_minute_later = timezone.now() + timedelta(seconds=61)
    while rules.consider_batch(a_minute_later):
        continue

    assert sorted(case.response_id for case in Case.objects.all()) == [r.pk for r in responses]


def test_a_score_and_what_is_to_be_considered_live_or_die_together():
    with transaction.atomic():
        make.response(2)
        transaction.set_rollback(True)

    assert Consideration.objects.count() == 0


@pytest.mark.parametrize("answers", [1, 5])
def test_answers_that_fit_nothing_cost_the_same_however_many(answers, django_assert_num_queries):
    rule(score_at_most=1)
    rule(words="never said")
    for _ in range(answers):
        make.response(9)

    with django_assert_num_queries(12):
        rules.consider_batch(timezone.now())


def test_a_case_of_a_form_knows_its_customer_once_the_address_is_confirmed():
    rule(words="slow")
    claim = make.claim("Too slow")
    (case,) = consider()
    assert case.customer is None

    claim_address.confirm(claim, now=timezone.now())

    case.refresh_from_db()
    assert case.customer is not None
