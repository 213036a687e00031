"""The desk says in words whether learning gains anything, and leads back with one button."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from lib import languages
from tests import make
from voc.models import By, Classifier, Feedback
from voc.nlp.classifier import RULES_VERSION

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/classifier/"
NOW = timezone.now()
State = Classifier.State


@pytest.fixture
def desk(client):
    client.force_login(make.staff(name="mori"))
    return client


def classifier(version, *, state=State.IN_USE, language="ja", **fields):
    figures = {"examples": 412, "corrected": 200, "rules_f3": 0.612, "learned_f3": 0.671}
    return Classifier.objects.create(
        **{
            "language": language,
            "version": version,
            "state": state,
            "rules_version": RULES_VERSION,
            "weights": b"some",
            "reads_feelings": True,
            **figures,
            **fields,
        }
    )


def checked(number, *, language="ja"):
    for _ in range(number):
        made = make.feedback("良い")
        Feedback.objects.filter(pk=made.pk).update(language=language, sentiment_by=By.PERSON)


def told(desk):
    """What the page says of each language."""
    return {report.language: report.sentences for report in desk.get(LIST).context["reports"]}


def test_it_begins_with_how_much_is_missing(desk):
    checked(66)

    assert told(desk) == {
        "ja": ["規則だけで読み取っています。", "最初の学習まで、あと34件の確認が必要です。"],
        "en": ["規則だけで読み取っています。", "最初の学習まで、あと100件の確認が必要です。"],
    }


def test_enough_examples_are_learned_from_tonight(desk):
    checked(100)

    assert told(desk)["ja"] == [
        "規則だけで読み取っています。",
        "100件が確認されました。今夜、最初の学習をします。",
    ]


def test_the_classifier_in_use_is_told_with_its_figures(desk):
    checked(100)
    classifier(7, rules_topics=0.5, learned_topics=0.6)

    assert told(desk)["ja"] == [
        "感情に第7版を使っています。確認済み412件で、感情は規則だけで.61、分類器を使うと.67、"
        "トピックは規則だけで.50、分類器を使うと.60（交差検証）。"
    ]


def test_rules_that_win_stay(desk):
    checked(100)
    classifier(1, state=State.NOT_BETTER, reads_feelings=False, learned_f3=0.6)

    assert told(desk)["ja"] == [
        "規則だけで読み取っています。",
        "第1版は規則をはっきり上回ってはいないので、使いません。"
        "確認済み412件で、感情は規則だけで.61、分類器を使うと.60。",
    ]


def test_mostly_mistakes_are_no_fair_sample_and_the_page_says_so(desk):
    checked(100)
    classifier(1, state=State.ONE_SIDED, corrected=400)

    page = desk.get(LIST)

    assert "「正しい」が12件しかなく" in page.context["reports"][0].sentences[1]
    assert "(感情)" not in page.content.decode()


def test_a_classifier_beside_other_rules_rests(desk):
    classifier(7, rules_version="rules-1/1")

    assert told(desk)["ja"][0].startswith("第7版は以前の規則に合わせて学習したものなので")


def test_going_back_asks_first_and_then_says_what_is_used_and_offers_to_read_again(desk):
    classifier(6, state=State.RETIRED)
    classifier(7)

    asked = desk.get(f"{LIST}ja/roll-back/")
    assert Classifier.objects.in_use().get().version == 7
    assert asked.context["effects"][0] == "これから届く声は、第6版の分類器で読み取ります。"

    page = desk.post(f"{LIST}ja/roll-back/", follow=True)
    assert Classifier.objects.in_use().get().version == 6
    (message,) = page.context["messages"]
    again = reverse("admin:voc_topic_reanalysis")
    assert str(message) == (
        "これから日本語は第6版の分類器で読み取ります。"
        f' <a href="{again}">すべての声を読み取り直す…</a>'
    )
    assert "moriさんが第7版の使用をやめました" in told(desk)["ja"][1]


def test_going_back_from_the_only_one_leaves_the_rules(desk):
    classifier(7)

    page = desk.post(f"{LIST}ja/roll-back/", follow=True)

    assert str(next(iter(page.context["messages"]))).startswith(
        "これから日本語は規則だけで読み取ります。"
    )
    assert not Classifier.objects.in_use().exists()


def test_going_back_twice_does_no_harm(desk):
    page = desk.post(f"{LIST}ja/roll-back/", follow=True)

    assert [str(m) for m in page.context["messages"]] == ["すでに規則だけで読み取っています。"]


def test_the_newest_is_taken_up_again(desk):
    classifier(6, state=State.RETIRED)
    classifier(7, state=State.RETIRED, rolled_back_at=NOW)
    classifier(8, state=State.WAITING)
    assert "第8版は規則を上回り、使う指示を待っています。" in told(desk)["ja"][1]

    assert desk.get(f"{LIST}ja/activate/").context["heading"] == "第8版を使いますか？"
    desk.post(f"{LIST}ja/activate/")

    assert Classifier.objects.in_use().get().version == 8
    assert not Classifier.objects.rolled_back().exists()


def test_without_a_newer_one_only_the_next_is_let_in(desk):
    classifier(7, state=State.RETIRED, rolled_back_at=NOW, weights=b"")

    page = desk.get(f"{LIST}ja/activate/")
    assert "今日は何も変わりません" in page.content.decode()
    desk.post(f"{LIST}ja/activate/")

    assert not Classifier.objects.in_use().exists()
    assert not Classifier.objects.rolled_back().exists()


def test_a_language_that_there_is_not_is_not_found(desk):
    assert desk.get(f"{LIST}fr/roll-back/").status_code == 404


def test_a_language_that_is_asked_in_and_not_read_has_no_classifier(desk, monkeypatch):
    german = languages.Language("de", "German", "Todoku", ())
    monkeypatch.setitem(languages.LANGUAGES, "de", german)

    assert list(told(desk)) == ["ja", "en"]
    assert desk.get(f"{LIST}de/roll-back/").status_code == 404


def test_who_may_only_look_finds_no_buttons_and_no_way(client):
    user = make.staff()
    user.is_superuser = False
    user.save()
    user.user_permissions.add(Permission.objects.get(codename="view_classifier"))
    client.force_login(user)
    classifier(7)

    page = client.get(LIST).content.decode()

    assert "desk-button" not in page
    assert client.post(f"{LIST}ja/roll-back/").status_code == 403
    assert client.post(f"{LIST}ja/activate/").status_code == 403
    assert client.get(f"{LIST}check/").status_code == 403
    assert Classifier.objects.in_use().exists()


def test_who_may_see_nothing_sees_nothing(client):
    user = make.staff()
    user.is_superuser = False
    user.save()
    client.force_login(user)

    assert client.get(LIST).status_code == 403


def test_checking_leads_to_a_reading_that_nobody_has_checked(desk):
    done, to_analyze, open_ = make.feedback("A"), make.feedback("B"), make.feedback("C")
    Feedback.objects.exclude(pk=to_analyze.pk).update(analyzed_at=NOW, sentiment="neutral")
    persons = {"sentiment_by": By.PERSON, "topics_by": By.PERSON}
    Feedback.objects.filter(pk=done.pk).update(**persons)

    page = desk.get(f"{LIST}check/")

    assert page.url == f"/admin/voc/feedback/{open_.pk}/change/?checking=yes"


def test_when_all_is_checked_it_says_so(desk):
    page = desk.get(f"{LIST}check/", follow=True)

    assert [str(m) for m in page.context["messages"]] == [
        "読み取りはすべて確認済みです。ありがとうございました。"
    ]


def test_a_classifier_has_no_page_of_its_own(desk):
    assert desk.get(f"{LIST}{classifier(7).pk}/change/").url == LIST


def test_many_versions_cost_as_many_queries_as_one(desk, django_assert_num_queries):
    classifier(1, state=State.RETIRED)
    desk.get(LIST)

    with django_assert_num_queries(6):
        desk.get(LIST)
    for version in (2, 3):
        classifier(version, state=State.RETIRED, trained_at=NOW - timedelta(days=9 - version))
    with django_assert_num_queries(6):
        desk.get(LIST)
