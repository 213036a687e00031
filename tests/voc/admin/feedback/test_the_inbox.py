"""The list on the desk: what was said, one line each; narrow it, search it, act on many."""

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone, translation
from django.utils.formats import date_format

from tests import make
from voc.admin.feedback import columns
from voc.models import Feedback, Topic
from voc.triage import corrections, workflow

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/feedback/"


def shown(page):
    return sorted(item.text for item in page.context["cl"].result_list)


def act(desk, action, *items, **more):
    data = {"action": action, "_selected_action": [i.pk for i in items], "index": 0, **more}
    return desk.post(f"{LIST}?pile=all", data, follow=True)


def told(page):
    """The messages, without the button that takes the move back."""
    return [str(message).partition(" <form")[0] for message in page.context["messages"]]


def everything():
    return Feedback.objects.all()


def test_one_line_shows_the_words_score_feeling_topics_and_status(desk):
    make.response(3, "It is <b>slow</b>")
    everything().update(sentiment="negative", analyzed_at=timezone.now())
    everything().get().tags.create(topic=Topic.objects.get(key="speed"), sentiment="negative")

    page = desk.get(LIST, headers={"accept-language": "ja"})

    row = page.content.decode().split("<tbody>", 1)[1].split("</tr>")[0]
    assert '<bdi class="said">It is &lt;b&gt;slow&lt;/b&gt;</bdi>' in row
    assert '<span class="score is-detractor" title="批判者">3<i>−</i></span>' in row
    assert '<span class="feeling is-negative"><i>−</i> 否定</span>' in row
    assert '<span class="topic is-negative">動作の速さ <i>−</i></span>' in row
    assert '<span class="status is-new">新着</span>' in row


def test_a_longer_list_costs_no_more_statements(desk, django_assert_num_queries):
    def one_more():
        response = make.response(3, "Slow")
        response.feedback.tags.create(topic=Topic.objects.get(key="speed"))
        workflow.take(everything(), by=make.staff())

    one_more()
    desk.get(LIST)
    with django_assert_num_queries(7):
        desk.get(LIST)
    one_more()
    one_more()
    with django_assert_num_queries(7):
        desk.get(LIST)


def test_what_is_closed_is_not_in_the_way(desk, sato):
    make.feedback("open")
    closed = make.feedback("closed")
    workflow.dismiss(everything().filter(pk=closed.pk), reason="spam", by=sato)

    assert shown(desk.get(LIST)) == ["open"]
    assert shown(desk.get(LIST, {"pile": "dismissed"})) == ["closed"]
    assert shown(desk.get(LIST, {"pile": "all"})) == ["closed", "open"]


def test_my_items_are_a_pile_of_their_own(desk, sato):
    make.feedback("mine")
    workflow.take(everything(), by=sato)
    make.feedback("nobody's")

    assert shown(desk.get(LIST, {"pile": "mine"})) == ["mine"]


def test_what_could_not_be_read_is_a_pile_of_its_own(desk):
    make.feedback("poison")
    everything().update(attempts=Feedback.MOST_ATTEMPTS)
    make.feedback("fine")

    assert shown(desk.get(LIST, {"pile": "aside"})) == ["poison"]


@pytest.mark.parametrize(
    ("chip", "chosen"),
    [
        ("sentiment", "negative"),
        ("topic", "speed"),
        ("channel", "survey"),
        ("language", "ja"),
        ("owner", "me"),
        ("band", "detractor"),
        ("received", "7"),
        ("survey", "this-one"),
    ],
)
def test_each_chip_narrows_the_list(desk, sato, chip, chosen):
    about = make.survey()
    about.slug = "this-one"
    about.save()
    this = make.response(3, "this", about=about).feedback
    other = make.response(10, "other").feedback
    everything().filter(pk=this.pk).update(sentiment="negative", language="ja", owner=sato)
    long_ago = timezone.now() - timezone.timedelta(days=99)
    everything().filter(pk=other.pk).update(language="en", channel="form", received_at=long_ago)
    this.tags.create(topic=Topic.objects.get(key="speed"))

    page = desk.get(LIST, {chip: sato.pk if chosen == "me" else chosen})

    assert shown(page) == ["this"]


@pytest.mark.parametrize("chip", ["pile", "topic", "owner", "band", "received", "survey", "e"])
@pytest.mark.parametrize("value", ["", "nonsense", "99999999999999999999", "-1", "' or 1=1"])
def test_an_address_somebody_made_up_breaks_nothing(desk, chip, value):
    make.feedback("said")

    assert shown(desk.get(LIST, {chip: value}, follow=True)) == ["said"]


@pytest.mark.parametrize(
    "words",
    ["解約", "手続き 分かり", "手続き　解約", "ｱﾌﾟﾘ", "ＰＤＦ", "pdf"],
)
def test_japanese_is_found_in_the_middle_of_words(desk, words):
    make.feedback("アプリの中途解約手続きが分かりにくい。PDFも開けない。")
    make.feedback("満足しています")

    assert shown(desk.get(LIST, {"q": words})) == [
        "アプリの中途解約手続きが分かりにくい。PDFも開けない。"
    ]


def test_all_the_words_must_be_there(desk):
    make.feedback("解約したい")

    assert shown(desk.get(LIST, {"q": "解約 価格"})) == []


def test_taking_says_what_moved_and_what_was_left_alone(desk, sato):
    new, done = make.feedback(), make.feedback()
    workflow.finish(everything().filter(pk=done.pk), by=None)

    page = act(desk, "take", new, done)

    assert told(page) == [
        "1件の担当になりました。",
        "1件はそのままです。すでに自分の担当か、対応が終わっています。",
    ]
    new.refresh_from_db()
    assert (new.status, new.owner) == ("taken", sato)


def test_dismissing_asks_for_the_reason_first(desk):
    item = make.feedback()

    page = act(desk, "dismiss", item)

    assert page.templates[0].name == "admin/ask_first.html"
    assert everything().get().status == "new"

    page = act(desk, "dismiss", item, asked="yes", reason="said twice")

    assert told(page) == ["1件を対応なしにしました。"]
    assert item.activities.get().reason == "said twice"


def test_no_reason_is_asked_for_again(desk):
    page = act(desk, "dismiss", make.feedback(), asked="yes", reason=" ")

    assert page.context["form"].errors == {"reason": ["理由をひとことお書きください。"]}


def test_assigning_asks_to_whom_first(desk):
    item, tanaka = make.feedback(), make.staff(name="tanaka")

    assert "tanaka" in act(desk, "assign", item).content.decode()
    act(desk, "assign", item, asked="yes", to=tanaka.pk)

    item.refresh_from_db()
    assert (item.status, item.owner) == ("taken", tanaka)


def test_all_that_match_can_be_dismissed_and_not_only_this_page(desk):
    items = [make.feedback() for _ in range(3)]

    act(desk, "dismiss", items[0], select_across="1", asked="yes", reason="spam")

    assert everything().filter(status="dismissed").count() == 3


def test_closed_ones_can_be_opened_again(desk, sato):
    item = make.feedback()
    workflow.dismiss(everything(), reason="spam", by=sato)

    assert told(act(desk, "reopen", item)) == ["1件を新着に戻しました。"]


def test_the_sentiment_of_many_can_be_corrected(desk):
    items = [make.feedback(), make.feedback()]

    act(desk, "set_sentiment", *items, asked="yes", sentiment="mixed")

    assert everything().filter(sentiment="mixed", sentiment_by="person").count() == 2


def test_what_was_set_aside_gets_another_try(desk):
    item = make.feedback()
    everything().update(attempts=Feedback.MOST_ATTEMPTS)

    act(desk, "analyze_again", item)

    assert list(everything().to_analyze()) == [item]


def test_who_may_only_look_is_offered_nothing_to_do(client):
    item = make.feedback()
    client.force_login(reader())

    offered = client.get(LIST).context["action_form"].fields["action"].choices
    assert [name for name, _label in offered if name] == ["export"]
    page = client.get(f"{LIST}{item.pk}/change/")
    assert (page.context["buttons"], page.context["may_change"]) == ([], False)
    assert client.post(f"{LIST}{item.pk}/change/", {"sentiment": "mixed"}).status_code == 403


def reader():
    made = User.objects.create_user("reader", is_staff=True)
    made.user_permissions.add(Permission.objects.get(codename="view_feedback"))
    return made


def test_nobody_can_make_up_or_delete_what_a_customer_said(desk):
    item = make.feedback()

    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.get(f"{LIST}{item.pk}/delete/").status_code == 403


def test_an_empty_desk_says_what_will_appear(desk):
    assert "ここに自動で届きます" in desk.get(LIST).content.decode()


def test_a_corrected_topic_is_shown_without_a_feeling(desk, sato):
    item = make.feedback()
    corrections.correct_topics(item, [Topic.objects.get(key="speed")], by=sato)

    assert '<span class="topic is-unknown">動作の速さ <i></i></span>' in (
        desk.get(LIST).content.decode()
    )


@pytest.mark.parametrize(
    ("days", "hours", "minutes", "words"),
    [
        (0, 0, 5, "5分"),
        (0, 3, 0, "3時間"),
        (3, 1, 0, "3日"),
        (8, 0, 0, "11月13日"),
        (400, 0, 0, "2025年10月17日(金)"),
        (-1, 0, 0, "11月22日"),
    ],
)
def test_age_is_relative_within_a_week(days, hours, minutes, words):
    now = timezone.make_aware(timezone.datetime(2026, 11, 21, 12))
    then = now - timezone.timedelta(days=days, hours=hours, minutes=minutes)

    assert columns.age(then, now) == words


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_moment_is_said_whole_under_the_pointer(language):
    now = timezone.now()
    item = make.feedback("Slow")
    item.received_at = now - timezone.timedelta(days=400)

    with translation.override(language):
        whole = date_format(timezone.localtime(item.received_at), "DATETIME_FORMAT")
        assert f'title="{whole}"' in columns.received(item, now)
