"""Urgency, intent, and a score that disagrees: on the list, on the first page, in the margin."""

import pytest

from tests import make
from voc.models import Feedback
from voc.triage import workflow

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/feedback/"


def said(text, **read):
    item = make.feedback(text)
    Feedback.objects.filter(pk=item.pk).update(**read)
    return item


def shown(page):
    return [item.text for item in page.context["cl"].result_list]


def line(page):
    return page.content.decode().split("<tbody>", 1)[1].split("</tr>")[0]


def four():
    said("legal", urgency="legal")
    said("security", urgency="security")
    said("churn", urgency="churn")
    said("older")
    said("newest")


@pytest.mark.parametrize("pile", ["", "?pile=new", "?pile=nonsense"])
def test_the_most_pressing_comes_first_then_the_newest(desk, pile):
    four()

    assert shown(desk.get(LIST + pile)) == ["security", "legal", "churn", "newest", "older"]


def test_of_two_that_press_alike_the_newer_comes_first(desk):
    said("first", urgency="churn")
    said("second", urgency="churn")

    assert shown(desk.get(LIST)) == ["second", "first"]


def test_my_own_pile_is_in_the_same_order(desk, sato):
    four()
    workflow.take(Feedback.objects.all(), by=sato)

    page = desk.get(LIST, {"pile": "mine"})

    assert shown(page) == ["security", "legal", "churn", "newest", "older"]


def test_what_is_closed_presses_nobody(desk, sato):
    item = said("legal", urgency="legal")
    said("open")
    workflow.dismiss(Feedback.objects.filter(pk=item.pk), reason="spam", by=sato)

    assert shown(desk.get(LIST)) == ["open"]
    assert shown(desk.get(LIST, {"pile": "all"})) == ["open", "legal"]


def test_whoever_sorts_by_date_gets_dates(desk):
    four()

    columns = desk.get(LIST).context["cl"].list_display
    page = desk.get(LIST, {"o": f"-{columns.index('received')}"})

    assert shown(page) == ["newest", "older", "churn", "security", "legal"]


@pytest.mark.parametrize(
    ("chosen", "texts"),
    [("any", ["security", "legal", "churn"]), ("legal", ["legal"]), ("churn", ["churn"])],
)
def test_the_list_can_be_narrowed_to_what_cannot_wait(desk, chosen, texts):
    four()

    assert shown(desk.get(LIST, {"urgency": chosen})) == texts


@pytest.mark.parametrize(
    ("chosen", "texts"), [("request", ["please"]), ("none", ["a word"]), ("praise", [])]
)
def test_the_list_can_be_narrowed_to_what_they_want(desk, chosen, texts):
    said("please", intent="request")
    said("a word")

    assert shown(desk.get(LIST, {"intent": chosen})) == texts


def test_the_list_can_be_narrowed_to_scores_that_disagree(desk):
    for score, text, sentiment in [
        (9, "pleased by number", "negative"),
        (2, "pleased by word", "positive"),
        (9, "pleased", "positive"),
        (8, "in between", "negative"),
    ]:
        make.response(score, text)
        Feedback.objects.filter(text=text).update(sentiment=sentiment)

    page = desk.get(LIST, {"doubt": "yes"})

    assert sorted(shown(page)) == ["pleased by number", "pleased by word"]


@pytest.mark.parametrize("chip", ["urgency", "intent", "doubt"])
@pytest.mark.parametrize("value", ["", "nonsense", "' or 1=1"])
def test_an_address_somebody_made_up_breaks_nothing(desk, chip, value):
    said("said")

    assert shown(desk.get(LIST, {chip: value}, follow=True)) == ["said"]


def test_a_line_says_first_what_cannot_wait_and_quietly_what_is_wanted(desk):
    said("お金を返してください", urgency="legal", intent="request")

    row = line(desk.get(LIST, headers={"accept-language": "ja"}))

    assert '<b class="urgency is-legal">法的な問題</b> <bdi class="said">お金' in row
    assert '<span class="intent">要望</span>' in row


def test_a_line_says_when_score_and_words_disagree(desk):
    make.response(10, "ひどい")
    Feedback.objects.update(sentiment="negative")

    row = line(desk.get(LIST, headers={"accept-language": "ja"}))

    assert '<span class="doubt"><i>≠</i> 推奨度と食い違う</span> <bdi class="said">ひどい' in row


@pytest.mark.parametrize(
    ("urgency", "status", "priority"),
    [
        ("security", "new", 1),
        ("legal", "taken", 2),
        ("churn", "new", 3),
        (None, "taken", 4),
        ("security", "planned", None),
        (None, "done", None),
        ("legal", "dismissed", None),
    ],
)
def test_the_priority_follows_from_urgency_and_status(urgency, status, priority):
    item = said("said", urgency=urgency, status=status)

    item.refresh_from_db()
    assert item.priority == priority
    assert Feedback.objects.open().exists() is (priority is not None)


def test_the_first_page_says_how_many_cannot_wait_and_leads_there(desk, sato):
    four()
    closed = said("closed", urgency="legal")
    workflow.dismiss(Feedback.objects.filter(pk=closed.pk), reason="spam", by=sato)

    waiting = desk.get("/admin/", headers={"accept-language": "en"}).context["waiting"]

    line = waiting[2]
    assert (line.words, line.link) == ("3 of them cannot wait", f"{LIST}?urgency=any")
    assert desk.get(line.link).context["cl"].result_count == 3
