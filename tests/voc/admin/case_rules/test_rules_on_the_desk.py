"""Rules on the desk: tried before they are saved; one that fits everything asks twice."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from voc.cases import rules
from voc.cases.trial import try_out
from voc.models import Case, CaseRule, Consideration

pytestmark = pytest.mark.django_db
LIST = reverse("admin:voc_caserule_changelist")
ADD = reverse("admin:voc_caserule_add")
FORM = {"name": "Low", "position": "10", "gives": "nobody", "due_in_hours": "8", "_save": "Save"}


@pytest.fixture(autouse=True)
def no_rule_yet():
    CaseRule.objects.all().delete()


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_new_rule_is_tried_before_it_is_saved(desk):
    make.response(2)
    make.response(9)

    page = desk.post(ADD, {**FORM, "score_at_most": "6"})

    assert "It would have opened 1 case in the last 30 days" in words_of(page)
    assert "2 answers that can have a case came in that time." in words_of(page)
    assert not CaseRule.objects.exists()


def test_seen_it_is_saved_switched_off(desk):
    desk.post(ADD, {**FORM, "score_at_most": "6", "asked": "yes"})

    rule = CaseRule.objects.get()
    assert (rule.score_at_most, rule.is_on) == (6, False)


def test_or_it_is_saved_and_switched_on(desk):
    desk.post(ADD, {**FORM, "score_at_most": "6", "asked": "on"})

    assert CaseRule.objects.get().is_on
    history = desk.get(reverse("admin:voc_caserule_history", args=[CaseRule.objects.get().pk]))
    assert "switched it on" in words_of(history)


def test_what_is_typed_goes_along_with_the_trial(desk):
    page = desk.post(ADD, {**FORM, "score_at_most": "6", "words": "late\nslow", "people": []})

    posted = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    )
    assert (posted["name"], posted["score_at_most"], posted["words"]) == ("Low", "6", "late\nslow")


@pytest.mark.parametrize("conditions", [{}, {"score_at_most": "10"}])
def test_a_rule_that_fits_everything_asks_again_before_it_is_switched_on(desk, conditions):
    make.response(10)
    posted = {**FORM, **conditions}

    assert "this rule fits every answer" in words_of(desk.post(ADD, posted))
    again = desk.post(ADD, {**posted, "asked": "on"})
    assert "Yes, every answer" in words_of(again)
    assert not CaseRule.objects.exists()

    desk.post(ADD, {**posted, "asked": "on", "everything": "yes"})
    assert CaseRule.objects.get().is_on


def test_a_rule_in_use_that_comes_to_fit_everything_asks_again(desk):
    make.response(10)
    rule = CaseRule.objects.create(name="Low", score_at_most=6, on_since=timezone.now())
    change = reverse("admin:voc_caserule_change", args=[rule.pk])

    page = desk.post(change, {**FORM, "asked": "yes"})

    assert "Yes, every answer" in words_of(page)
    rule.refresh_from_db()
    assert rule.score_at_most == 6


def test_a_fault_is_said_before_anything_is_tried(desk):
    for fault, sentence in [
        ({"score_at_most": "11"}, "Scores go from 0 to 10 here."),
        ({"attribute": "tier"}, "An attribute and its value belong together."),
        ({"gives": "attribute"}, "Please write which attribute of the customer holds"),
    ]:
        assert sentence in words_of(desk.post(ADD, {**FORM, **fault}))


def test_it_counts_what_a_rule_before_it_takes(desk):
    CaseRule.objects.create(name="First", score_at_most=3, position=1, on_since=timezone.now())
    make.response(2)
    make.response(5, "Too slow")
    rule = CaseRule(name="Low", score_at_most=6, position=10)

    trial = try_out(rule, timezone.now())

    assert (trial.opened, trial.answers, trial.taken_before) == (0, 1, 1)  # one is not read yet


@pytest.mark.parametrize("answers", [1, 12])
def test_a_trial_costs_the_same_however_many_answers(answers, django_assert_num_queries):
    for _ in range(answers):
        make.response(2)

    with django_assert_num_queries(9):
        trial = try_out(CaseRule(name="Low", score_at_most=6), timezone.now())

    assert (trial.opened, len(trial.newest)) == (answers, min(10, answers))


def test_a_rule_tells_what_it_did(desk):
    rule = CaseRule.objects.create(name="Low", score_at_most=6, on_since=timezone.now())
    make.response(2)
    rules.consider_batch(timezone.now())

    page = desk.get(reverse("admin:voc_caserule_change", args=[rule.pk]))

    assert f"#{Case.objects.get().pk}" in words_of(page)
    assert "the rule gives it to nobody" in words_of(page)


def test_rules_are_switched_off_in_the_list(desk):
    rule = CaseRule.objects.create(name="Low", score_at_most=6, on_since=timezone.now())

    desk.post(LIST, {"action": "switch_off", "_selected_action": [rule.pk]})

    rule.refresh_from_db()
    assert not rule.is_on


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_however_long(desk, n, django_assert_num_queries):
    for number in range(n):
        CaseRule.objects.create(name=str(number), topic=make.topic(), survey=make.survey())
    desk.get(LIST)

    with django_assert_num_queries(4):
        desk.get(LIST)


def test_answers_that_were_set_aside_are_seen(desk):
    Consideration.objects.create(response=make.response(2), attempts=5)

    page = words_of(desk.get(LIST))

    assert "The rules could not be asked about 1 answer, after five tries." in page
