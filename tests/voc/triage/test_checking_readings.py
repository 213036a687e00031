"""Staff say that a reading is right, or how it should have been: on one item, or on many."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from voc.models import Feedback, Topic
from voc.triage import corrections

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/feedback/"


@pytest.fixture
def item():
    made = make.feedback("The price is too high")
    made.tags.create(topic=topic("price"), sentiment="negative", start=4, end=9)
    Feedback.objects.update(sentiment="negative", intent="complaint", analyzed_at=timezone.now())
    made.refresh_from_db()
    return made


def topic(key):
    return Topic.objects.get(key=key)


def url(item):
    return f"{LIST}{item.pk}/change/"


def as_shown(page):
    """What a browser sends when nothing is changed; of a hidden select too."""
    form = page.context["correction"]
    return {
        field.html_name: field.value()
        for field in form
        if field.value() is not None and field.html_name != "note"
    }


def told(page):
    return [str(message) for message in page.context["messages"]]


def act(desk, action, *items, **more):
    data = {"action": action, "_selected_action": [i.pk for i in items], "index": 0, **more}
    return desk.post(f"{LIST}?pile=all", data, follow=True)


def test_one_press_says_that_the_reading_is_right(desk, item, sato):
    page = desk.post(url(item), {"right": "yes"}, follow=True)

    assert told(page) == ["1件の読み取りを確認済みにしました。自動の読み取りでは変わりません。"]
    item.refresh_from_db()
    assert (item.sentiment_by, item.topics_by, item.signs_by) == ("person", "person", "person")
    assert [(activity.what, activity.by) for activity in item.activities.all()] == [
        ("confirm", sato)
    ]
    assert page.context["may_confirm"] is False


def test_what_was_not_read_can_not_be_found_right(desk):
    to_analyze = make.feedback()

    assert desk.get(url(to_analyze)).context["may_confirm"] is False
    assert told(desk.post(url(to_analyze), {"right": "yes"}, follow=True)) == [
        "1件はそのままです。確認済みか、まだ読み取っていないか、読み取れないものです。"
    ]


def test_many_are_found_right_at_once_and_the_rest_is_left_alone(desk, item):
    to_analyze = make.feedback()

    assert told(act(desk, "confirm", item, to_analyze)) == [
        "1件の読み取りを確認済みにしました。自動の読み取りでは変わりません。",
        "1件はそのままです。確認済みか、まだ読み取っていないか、読み取れないものです。",
    ]


def test_what_is_sent_as_it_was_shown_changes_nothing(desk, item):
    page = desk.post(url(item), as_shown(desk.get(url(item))), follow=True)

    assert told(page) == ["変更はありませんでした。"]
    assert not item.activities.exists()


def test_the_feeling_about_one_topic_can_be_corrected(desk, item):
    price = topic("price").pk
    said = as_shown(desk.get(url(item))) | {f"about_{price}": "mixed"}

    desk.post(url(item), said)

    tag = item.tags.get()
    assert (tag.sentiment, tag.by, tag.start, tag.end) == ("mixed", "person", 4, 9)
    assert [activity.what for activity in item.activities.all()] == ["topics"]


def test_a_new_topic_comes_with_its_feeling(desk, item):
    price, staff = topic("price").pk, topic("staff").pk
    said = as_shown(desk.get(url(item))) | {"topics": [price, staff], f"about_{staff}": "positive"}

    desk.post(url(item), said)

    assert set(item.tags.values_list("topic__key", "sentiment")) == {
        ("price", "negative"),
        ("staff", "positive"),
    }


def test_the_feeling_about_a_topic_that_was_taken_away_is_no_matter(desk, item):
    said = as_shown(desk.get(url(item))) | {"topics": []}

    desk.post(url(item), said)

    assert not item.tags.exists()


def test_what_they_want_and_whether_it_can_wait_are_corrected_too(desk, item):
    said = as_shown(desk.get(url(item))) | {"intent": "", "urgency": "churn"}

    desk.post(url(item), said)

    item.refresh_from_db()
    assert (item.intent, item.urgency, item.signs_by) == (None, "churn", "person")
    assert (item.sentiment_by, item.topics_by) == ("machine", "machine")


def test_corrections_are_told_in_words(desk, item):
    price = topic("price").pk
    desk.post(url(item), as_shown(desk.get(url(item))) | {f"about_{price}": "mixed"})
    desk.post(url(item), as_shown(desk.get(url(item))) | {"urgency": "legal"})

    timeline = desk.get(url(item), headers={"accept-language": "en"}).context["timeline"]

    assert [(event.what, event.detail) for event in timeline] == [
        ("corrected the topics", "Price − → Price ±"),
        ("corrected what they want", "complaint → complaint, legal"),
    ]


@pytest.mark.parametrize("name", ["sentiment", "intent", "urgency", "about"])
def test_a_choice_that_is_none_is_told_and_nothing_is_lost(desk, item, name):
    field = f"about_{topic('price').pk}" if name == "about" else name

    page = desk.post(url(item), as_shown(desk.get(url(item))) | {field: "nonsense"})

    assert list(page.context["correction"].errors) == [field]
    assert not item.activities.exists()


def test_a_topic_out_of_use_is_offered_only_where_it_is(desk, item):
    Topic.objects.filter(key__in=["price", "staff"]).update(archived=True)

    offered = [
        box.choice_label for box, _ in desk.get(url(item)).context["correction"].topic_rows()
    ]

    assert "価格" in offered
    assert "スタッフ" not in offered


def test_reading_again_asks_first_when_a_person_has_checked_any(desk, item, sato):
    other = make.feedback("another")
    corrections.confirm(Feedback.objects.all(), by=sato)

    page = act(desk, "analyze_again", item, other)
    assert page.context["title"] == (
        "このうち1件は人が確認・訂正したものです。取り消して読み取り直しますか？"
    )
    assert Feedback.objects.corrected().count() == 1

    act(desk, "analyze_again", item, other, asked="yes")
    assert Feedback.objects.to_analyze().count() == 2
    assert not Feedback.objects.corrected().exists()


def test_reading_again_what_nobody_checked_asks_nothing(desk, item):
    assert told(act(desk, "analyze_again", item)) == ["1件をまもなく読み取り直します。"]


@pytest.mark.parametrize("said", [{"right": "yes"}, {"sentiment": "mixed", "topics": []}])
def test_whoever_checks_one_after_another_is_led_on_to_the_next(desk, item, said):
    page = desk.post(f"{url(item)}?checking=yes", said)

    assert (page.status_code, page["Location"]) == (302, reverse("admin:voc_classifier_check"))


def test_what_is_corrected_while_checking_is_checked_as_a_whole(desk, item):
    said = as_shown(desk.get(url(item))) | {"sentiment": "mixed"}

    desk.post(f"{url(item)}?checking=yes", said)

    assert list(Feedback.objects.checked()) == [item]
    assert item.tags.get().sentiment == "negative"


def test_a_note_and_what_changes_nothing_keep_the_reading_on_the_table(desk, item):
    here = f"{url(item)}?checking=yes"

    assert desk.post(here, {"note": "yes", "text": "hm"})["Location"] == f"{here}#notes"
    assert desk.post(here, as_shown(desk.get(url(item))))["Location"] == here


def test_while_checking_one_can_skip_and_stop(desk, item):
    page = desk.get(f"{url(item)}?checking=yes").content.decode()
    elsewhere = desk.get(url(item)).content.decode()

    for name in ("voc_classifier_check", "voc_classifier_changelist"):
        link = f'<a href="{reverse(f"admin:{name}")}">'
        assert link in page.split("desk-checking")[1].split("</nav>")[0]
        assert "desk-checking" not in elsewhere
