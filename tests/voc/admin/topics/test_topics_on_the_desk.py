"""Staff keep the topics on the desk: a change is looked at before it is made, and told after."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User

from tests import make
from tests.voc.admin.topics.topic_pages import (
    LIST,
    NOW,
    REANALYSIS,
    page_of,
    preview_page,
    propose,
    said,
)
from tests.voc.analyzing import analyze_all
from voc import reanalysis
from voc.models import Feedback, Reanalysis, Suggestion, Theme, Topic
from voc.topics import hierarchy

pytestmark = pytest.mark.django_db


def test_a_new_site_begins_with_ten_topics_in_two_languages():
    assert Topic.objects.in_use().count() == 10
    assert all(len(t.phrases_ja) >= 8 and len(t.phrases_en) >= 8 for t in Topic.objects.all())


# New topics


def add(desk, **written):
    data = {"name_ja": "包装", "name_en": "Nice packaging", "phrases_ja": "箱", "phrases_en": ""}
    return desk.post(f"{LIST}add/", data | written, follow=True)


def test_a_new_topic_has_no_phrases_until_they_are_applied(desk):
    page = add(desk)

    topic = Topic.objects.get(name_ja="包装")
    assert (topic.key, topic.phrases_ja, topic.parent) == ("nice-packaging", [], None)
    assert topic.phrase_changes.open().get().phrases_ja == ["箱"]
    assert page.context["change"] == topic.phrase_changes.get()


def test_a_key_that_is_taken_gets_a_number(desk):
    add(desk)
    add(desk, name_ja="箱", name_en="Nice packaging!")

    assert Topic.objects.get(name_ja="箱").key == "nice-packaging-2"


def test_a_name_that_another_topic_has_is_refused(desk):
    make.topic("gizmos")

    page = add(desk, name_en="GIZMOS")

    assert "同じ名前" in page.context["form"].errors["name_en"][0]
    assert not Topic.objects.filter(name_ja="包装").exists()


def test_a_name_is_free_again_when_its_topic_is_out_of_use(desk):
    hierarchy.archive(make.topic("gizmos"), now=NOW)

    add(desk, name_en="Gizmos")

    assert Topic.objects.filter(name_en="Gizmos").exists()


def test_what_stands_in_the_address_is_filled_in(desk):
    page = desk.get(f"{LIST}add/?name_ja=%E7%AE%B1&phrases_en=box%0Acarton")

    form = page.context["form"]
    assert (form["name_ja"].value(), form["phrases_en"].value()) == ("箱", "box\ncarton")


def test_a_theme_becomes_the_topic_that_is_made_of_it(desk):
    theme = Theme.objects.create(
        language="ja", phrase="箱", starts=NOW, ends=NOW, n=5, n_before=0, texts=9, texts_before=9,
        strength=3,
    )  # fmt: skip

    add(desk, theme=theme.pk)

    theme.refresh_from_db()
    assert (theme.state, theme.topic) == ("topic", Topic.objects.get(name_ja="包装"))


@pytest.mark.parametrize("query", ["theme=x", "theme=99", "parent=%00", "phrases_ja=%ED%A0%80"])
def test_odd_addresses_make_no_fault(desk, query):
    assert desk.get(f"{LIST}add/?{query}", follow=True).status_code in (200, 400)


# Names, places, merging


def test_names_change_and_the_key_does_not(desk):
    topic = make.topic("gizmos", en=("gizmo",))

    desk.post(page_of(topic), {"name_ja": "小物", "name_en": "Gadgets", "key": "other"})

    topic.refresh_from_db()
    assert (topic.key, topic.name_en, topic.phrases_en) == ("gizmos", "Gadgets", ["gizmo"])


def test_a_name_that_another_topic_has_is_not_given_to_a_second(desk):
    topic, _other = make.topic("gizmos"), make.topic("widgets")

    page = desk.post(page_of(topic), {"name_ja": "小物", "name_en": "Widgets"})

    assert list(page.context["names"].errors) == ["name_en"]
    topic.refresh_from_db()
    assert topic.name_ja != "小物"


def test_a_move_is_foreseen_and_then_done(desk):
    top, below = make.topic("top", en=("bank",)), make.topic("below", en=("drives",))
    for text in ["My bank", "My bank drives", "It drives"]:
        make.feedback(text)
    analyze_all()
    place = f"{LIST}{below.pk}/move/"

    counted, kept = desk.get(f"{place}?parent={top.pk}").context["effects"]
    assert [re.findall(r"\d+", each) for each in (counted, kept)] == [["2", "3"], ["2"]]
    assert below.parent is None
    desk.post(place, {"parent": top.pk})

    below.refresh_from_db()
    assert below.parent == top
    desk.post(place, {"parent": ""})
    below.refresh_from_db()
    assert below.parent is None


def test_a_third_level_is_refused_with_a_reason(desk):
    top, below, other = make.topic("top"), make.topic("below"), make.topic("other")
    hierarchy.move_under(below, top)

    page = desk.post(f"{LIST}{top.pk}/move/", {"parent": other.pk}, follow=True)

    assert "2段まで" in said(page)[0]
    top.refresh_from_db()
    assert top.parent is None


def test_a_merge_is_foreseen_and_then_done(desk):
    gizmos, widgets = make.topic("gizmos", en=("gizmo",)), make.topic("widgets", en=("widget",))
    make.feedback("A gizmo")
    make.feedback("A widget and a gizmo")
    analyze_all()
    merge = f"{LIST}{gizmos.pk}/merge/"

    page = desk.get(f"{merge}?into={widgets.pk}")
    items, phrases, _end = page.context["effects"]
    assert re.findall(r"\d+", items) == ["2", "1", "1"]
    assert "gizmo" in phrases
    assert not Topic.objects.filter(archived=True).exists()
    desk.post(merge, {"into": widgets.pk})

    gizmos.refresh_from_db()
    assert (gizmos.merged_into, Feedback.objects.about(widgets).count()) == (widgets, 2)
    assert "widgets" in desk.get(page_of(gizmos)).content.decode()


def test_a_topic_rests_and_comes_back(desk):
    topic = make.topic("gizmos", en=("gizmo",))
    make.feedback("A gizmo")
    analyze_all()

    assert "声1件" in desk.get(f"{LIST}{topic.pk}/archive/").context["effects"][1]
    desk.post(f"{LIST}{topic.pk}/archive/")
    topic.refresh_from_db()
    assert topic.archived
    desk.post(f"{LIST}{topic.pk}/restore/")
    topic.refresh_from_db()
    assert not topic.archived
    assert reanalysis.is_running_now()


# The list, and who may


def test_the_list_shows_the_tree_with_each_item_counted_once(desk):
    Topic.objects.all().delete()
    top, below = make.topic("top", en=("bank",)), make.topic("below", en=("drives",))
    other = make.topic("other")
    for text in ["My bank drives", "It drives"]:
        make.feedback(text)
    analyze_all()
    hierarchy.move_under(below, top)

    rows = desk.get(LIST).context["rows"]

    assert [(row.topic, row.items) for row in rows] == [(other, 0), (top, 2), (below, 2)]


@pytest.mark.parametrize("topics", [1, 3])
def test_a_long_list_costs_as_many_queries_as_a_short_one(desk, topics, django_assert_num_queries):
    Topic.objects.all().delete()
    for _ in range(topics):
        propose(make.topic(), en=["widget"])
    hierarchy.archive(make.topic(), now=NOW)
    desk.get(LIST)

    with django_assert_num_queries(7):
        desk.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_topic_costs_the_same_however_much_happened(
    desk, rows, django_assert_num_queries
):
    topic = make.topic("gizmos", en=("gizmo",))
    for n in range(rows):
        item = make.feedback(f"widget {n}")
        Suggestion.objects.create(
            topic=topic, language="en", phrase=f"w{n}", n=3, n_elsewhere=1, p_value=0.01,
            examples=[[item.pk, 0, 3]],
        )  # fmt: skip
    propose(topic, en=["widget"])
    desk.get(page_of(topic))

    with django_assert_num_queries(15):
        desk.get(page_of(topic))


def test_who_may_only_look_changes_nothing(client):
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(looker)
    topic = make.topic("gizmos", en=("gizmo",))
    phrase_change = propose(topic, en=["widget"])

    for page in (LIST, page_of(topic), preview_page(phrase_change), REANALYSIS):
        assert client.get(page).status_code == 200
    for page, pressed in [
        (page_of(topic), {"name_ja": "x", "name_en": "x"}),
        (preview_page(phrase_change), {"apply": "yes"}),
        (REANALYSIS, {"begin": "yes"}),
        (f"{LIST}add/", {}),
        (f"{LIST}{topic.pk}/merge/", {"into": 1}),
        (f"{LIST}{topic.pk}/move/", {"parent": ""}),
        (f"{LIST}{topic.pk}/archive/", {}),
        (f"{LIST}{topic.pk}/restore/", {}),
    ]:
        assert client.post(page, pressed).status_code == 403

    topic.refresh_from_db()
    assert (topic.name_ja, topic.archived, reanalysis.is_running_now()) == ("gizmos", False, False)


@pytest.mark.parametrize(
    "page",
    [
        "9999/change/",
        "9999/merge/",
        "9999/phrases/1/",
        "x/change/",
        "99999999999999999999/archive/",
    ],
)
def test_a_topic_that_is_not_there_is_told_and_makes_no_fault(desk, page):
    response = desk.get(f"{LIST}{page}", follow=True)

    assert response.redirect_chain[-1][0] == LIST
    assert said(response)


def test_the_default_topics_are_as_the_file_says():
    path = Path(settings.ROOT) / "voc/topics/default_topics.json"
    keys = {topic["key"] for topic in json.loads(path.read_text(encoding="utf-8"))}

    assert set(Topic.objects.values_list("key", flat=True)) == keys


def test_the_desk_has_the_same_inks_as_every_other_page():
    css = Path(settings.ROOT) / "static/css"
    everywhere = (css / "ink.css").read_text()
    light, dark = everywhere.split("@media (prefers-color-scheme: dark)")
    desk_light, desk_dark = (css / "desk.css").read_text().split(":root.dark")

    assert inks(desk_light) == {k: v for k, v in inks(light).items() if k in inks(desk_light)}
    assert inks(desk_dark.split("}")[0]) == inks(dark)


def inks(css):
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6})", css))


def test_what_is_in_use_cannot_be_brought_back(desk):
    topic = make.topic("gizmo")

    page = desk.post(f"{LIST}{topic.pk}/restore/", follow=True)

    assert "「gizmo」は使用中です。" in page.content.decode()
    assert not Reanalysis.objects.exists()
