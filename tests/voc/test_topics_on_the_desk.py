"""Staff keep the topics: phrases one a line, and a reading that changes only when they say so."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests import make
from voc.models import Feedback, Topic

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/topic/"


@pytest.fixture
def desk(client):
    client.force_login(make.staff())
    return client


def save(desk, topic, **changes):
    data = {"name_ja": "価格", "name_en": "Price", "phrases_ja": "価格", "phrases_en": ""}
    return desk.post(f"{LIST}{topic.pk}/change/", data | changes, follow=True)


def test_a_new_site_begins_with_ten_topics_in_two_languages():
    assert Topic.objects.in_use().count() == 10
    assert all(len(t.phrases_ja) >= 8 and len(t.phrases_en) >= 8 for t in Topic.objects.all())


def test_phrases_are_written_one_a_line(desk):
    topic = make.topic(ja=("価格",))

    save(desk, topic, phrases_ja=" 値段 \r\n\r\n高い\r\n値段\r\n", phrases_en="too   \0expensive")

    topic.refresh_from_db()
    assert topic.phrases_ja == ["値段", "高い"]
    assert topic.phrases_en == ["too expensive"]


def test_they_are_shown_as_they_were_written(desk):
    topic = make.topic(ja=("値段", "高い"))

    page = desk.get(f"{LIST}{topic.pk}/change/")

    assert page.context["adminform"].form["phrases_ja"].value() == "値段\n高い"


def test_a_topic_without_a_phrase_finds_nothing_and_is_refused(desk):
    page = save(desk, make.topic(ja=("価格",)), phrases_ja=" ")

    assert "言い回しがないと" in page.context["adminform"].form.non_field_errors()[0]


def test_a_phrase_as_long_as_a_sentence_is_refused_by_name(desk):
    page = save(desk, make.topic(), phrases_ja="長" * 61)

    assert page.context["adminform"].form.errors["phrases_ja"][0].startswith("「長長")


def test_saving_phrases_changes_no_reading_and_says_so(desk):
    make.feedback("値段が高い")
    Feedback.objects.update(tagged_at=timezone.now())

    page = save(desk, make.topic(ja=("価格",)), phrases_ja="値段")

    assert not Feedback.objects.unread().exists()
    assert "保存しただけでは" in page.content.decode()


def test_reading_again_takes_what_has_the_topic_or_a_phrase(desk):
    topic = make.topic(ja=("値段",))
    said, tagged, other = make.feedback("値段が高い"), make.feedback("x"), make.feedback("y")
    tagged.tags.create(topic=topic)
    Feedback.objects.update(tagged_at=timezone.now())

    desk.post(LIST, {"action": "read_again", "_selected_action": topic.pk, "index": 0})

    assert set(Feedback.objects.unread()) == {said, tagged}
    assert other not in Feedback.objects.unread()


def test_a_topic_keeps_its_key(desk):
    topic = make.topic("gizmos", ja=("価格",))

    save(desk, topic, key="other")

    topic.refresh_from_db()
    assert topic.key == "gizmos"


def test_the_default_topics_are_as_the_file_says():
    path = Path(settings.ROOT) / "voc/default_topics.json"
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


def test_only_topics_out_of_use_stand_out(desk):
    Topic.objects.exclude(key__in=["price", "speed"]).delete()
    Topic.objects.filter(key="speed").update(archived=True)

    page = desk.get(LIST, headers={"accept-language": "en"}).content.decode()

    cells = re.findall(r'<td class="field-in_use[^>]*>(.*?)</td>', page, re.DOTALL)
    assert ["No longer looked for".lower() in cell.lower() for cell in cells] == [False, True]
