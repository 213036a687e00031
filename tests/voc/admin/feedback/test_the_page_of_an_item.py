"""One item, read like a mail with margin notes; and what staff can do there."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from surveys.responses import submit
from tests import make
from voc.models import Feedback, Topic
from voc.triage import corrections, workflow

pytestmark = pytest.mark.django_db


def url(item):
    return f"/admin/voc/feedback/{item.pk}/change/"


def read(desk, item):
    return desk.get(url(item)).content.decode()


def words(page):
    return page.split('<div class="desk-words"', 1)[1].split("<bdi>", 1)[1].split("</bdi>")[0]


def test_evidence_is_underlined_in_its_ink_and_its_topic_named_beside_it(desk):
    item = make.feedback("価格が高い")
    Feedback.objects.update(feelings=[["negative", 3, 5]])
    item.tags.create(topic=Topic.objects.get(key="price"), sentiment="negative", start=0, end=2)

    assert words(read(desk, item)) == (
        '<span class="mark is-negative names-topic">価格</span>'
        '<small class="beside is-negative">価格 <i>−</i></small>'
        "が"
        '<span class="mark is-negative">高い</span>'
    )


def test_what_a_customer_wrote_is_text_and_never_markup(desk):
    item = make.feedback("<script>alert(1)</script>\u202eevil")

    page = read(desk, item)

    assert words(page) == "&lt;script&gt;alert(1)&lt;/script&gt;evil"
    assert "<script>alert" not in page


@pytest.mark.parametrize("spans", [[[0, 99]], [[2, 1]], [[0, 3], [1, 5], [0, 5]]])
def test_strange_evidence_never_loses_a_word(desk, spans):
    item = make.feedback("価格が高い")
    Feedback.objects.update(feelings=[["mixed", *span] for span in spans])

    page = desk.get(url(item))

    assert "".join(piece.text for piece, _beside in page.context["pieces"]) == "価格が高い"


def test_the_customers_other_answers_are_there_with_their_scores(desk):
    suzuki = make.customer(name="鈴木")
    item = make.response(0, "解約したい", by=suzuki).feedback
    make.response(6, "", by=suzuki)
    make.response(9, "ありがとう", by=suzuki)
    make.response(3, "他の人")

    others = desk.get(url(item)).context["others"]

    assert sorted((other.words, "6<" in other.score) for other in others) == [
        ("", True),
        ("ありがとう", False),
    ]


def test_activities_and_notes_tell_one_story(desk, sato):
    item = make.feedback()
    workflow.take(Feedback.objects.all(), by=sato)
    desk.post(url(item), {"note": "yes", "text": "経理に確認済み"})
    workflow.dismiss(Feedback.objects.all(), reason="解決済み", by=sato)

    page = desk.get(url(item))
    timeline = page.context["timeline"]

    assert "経理に確認済み" in page.content.decode()
    assert "解決済み" in page.content.decode()
    assert [(str(e.who), e.what, e.words) for e in timeline] == [
        ("sato", "担当になりました", ""),
        ("sato", "メモを残しました", "経理に確認済み"),
        ("sato", "対応なしにしました", "解決済み"),
    ]


def test_an_empty_note_is_asked_for_again(desk):
    page = desk.post(url(make.feedback()), {"note": "yes", "text": " "})

    assert page.context["note"].errors.keys() == {"text"}


def test_only_what_was_changed_is_corrected(desk):
    item = make.feedback()
    Feedback.objects.update(sentiment="negative", analyzed_at=timezone.now())
    item.tags.create(topic=Topic.objects.get(key="price"))
    price = Topic.objects.get(key="price").pk

    desk.post(url(item), {"sentiment": "mixed", "topics": [price]})

    item.refresh_from_db()
    assert (item.sentiment, item.sentiment_by, item.topics_by) == ("mixed", "person", "machine")


def test_topics_can_be_corrected(desk):
    item = make.feedback()
    speed = Topic.objects.get(key="speed")

    desk.post(url(item), {"topics": [speed.pk]})

    item.refresh_from_db()
    assert (list(item.topics.all()), item.topics_by) == ([speed], "person")
    assert item.sentiment_by == "machine"


def test_to_save_without_a_change_is_no_correction(desk):
    item = make.feedback()

    page = desk.post(url(item), {}, follow=True)

    assert [str(m) for m in page.context["messages"]] == ["変更はありませんでした。"]
    assert not item.activities.exists()


def test_a_topic_that_is_not_there_is_told(desk):
    page = desk.post(url(make.feedback()), {"topics": [999_999]})

    assert page.context["correction"].errors.keys() == {"topics"}


def test_the_buttons_are_those_that_fit(desk, sato):
    item = make.feedback()

    def buttons():
        return [action.name for action in desk.get(url(item)).context["buttons"]]

    assert [b for b in buttons() if b in OURS] == ["take", "assign", "dismiss"]
    workflow.take(Feedback.objects.all(), by=sato)
    assert [b for b in buttons() if b in OURS] == ["assign", "dismiss"]
    workflow.dismiss(Feedback.objects.all(), reason="spam", by=sato)
    assert [b for b in buttons() if b in OURS] == ["reopen"]
    corrections.correct_sentiment(item, "mixed", by=sato)
    assert [b for b in buttons() if b in OURS] == ["reopen", "analyze_again"]


OURS = ["take", "assign", "dismiss", "reopen", "set_sentiment", "analyze_again"]


def test_a_button_leads_back_to_the_item(desk):
    item = make.feedback()
    data = {"action": "take", "_selected_action": item.pk, "index": 0, "back": item.pk}

    page = desk.post("/admin/voc/feedback/?pile=all", data)

    assert (page.status_code, page["Location"]) == (302, url(item))
    assert Feedback.objects.get().status == "taken"


def test_the_way_back_survives_the_question_in_between(desk):
    item = make.feedback()
    data = {"action": "dismiss", "_selected_action": item.pk, "index": 0, "back": item.pk}

    asked = desk.post("/admin/voc/feedback/?pile=all", data)
    assert ("back", str(item.pk)) in asked.context["again"]
    assert asked.context["cancel"] == url(item)
    page = desk.post("/admin/voc/feedback/?pile=all", data | {"asked": "yes", "reason": "spam"})

    assert page["Location"] == url(item)


@pytest.mark.parametrize("pk", ["999999", "nonsense", "99999999999999999999"])
def test_an_item_that_is_not_there_leads_to_the_list_with_a_word(desk, pk):
    page = desk.get(f"/admin/voc/feedback/{pk}/change/", follow=True)

    assert page.redirect_chain == [("/admin/voc/feedback/", 302)]
    assert [str(m) for m in page.context["messages"]] == [
        "その声はありません（削除された可能性があります）。"
    ]


def test_whoever_may_not_look_sees_nothing(client):
    client.force_login(User.objects.create_user("temp", is_staff=True))

    assert client.get(url(make.feedback())).status_code == 403


def test_a_changed_comment_shows_no_old_evidence(desk):
    response = make.response(3, "価格が高い")
    Feedback.objects.update(feelings=[["negative", 3, 5]], analyzed_at=timezone.now())

    submit.answer(response.invitation, score=3, comment="安い", language="ja", now=timezone.now())

    assert words(read(desk, response.feedback)) == "安い"


def test_a_longer_story_costs_no_more_statements(desk, sato, django_assert_num_queries):
    suzuki = make.customer()
    item = make.response(3, "Slow", by=suzuki).feedback

    def one_more():
        workflow.take(Feedback.objects.all(), by=make.staff())
        item.notes.create(by=make.staff(), text="noted")
        item.tags.create(topic=make.topic())
        make.response(9, "Fast", by=suzuki).feedback.tags.create(topic=make.topic())
        make.response(9, "", by=suzuki)

    one_more()
    desk.get(url(item))
    with django_assert_num_queries(13):
        desk.get(url(item))
    one_more()
    one_more()
    with django_assert_num_queries(13):
        desk.get(url(item))


def test_the_stars_that_came_with_a_review_are_shown(desk):
    item = make.feedback("Too slow")
    raw = {"Star Rating": "2", "Review Text": "Too slow"}
    Feedback.objects.update(external_id="google-play:gp:1", raw=raw)

    assert "<span>★★☆☆☆</span>" in read(desk, item)


def test_what_another_table_calls_a_rating_is_not_taken_for_stars(desk):
    item = make.feedback("Too slow")
    Feedback.objects.update(external_id="17", raw={"Rating": "4"})

    assert "★★★★☆" not in read(desk, item)
