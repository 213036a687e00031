"""Staff look at what customers begin to talk about: how often, since when, in whose words."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from tests import make
from voc.models import Feedback, Theme

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/theme/"
State = Theme.State


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def theme(phrase="parking fee", *, text="Why a PARKING FEE at all?", said=True, **more):
    example = make.feedback(text)
    start = text.lower().index(phrase)
    now = timezone.now()
    known = {
        "language": "en",
        "phrase": phrase,
        "n": 12,
        "texts": 340,
        "n_before": 1,
        "texts_before": 910,
        "strength": 4.2,
        "starts": now - timedelta(days=28),
        "ends": now,
        "noticed_at": now - timedelta(days=2, hours=1),
        "examples": [[example.pk, start, start + len(phrase)]],
    }
    return Theme.objects.create(**known | more)


def text(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def act(desk, action, *themes):
    data = {"action": action, "_selected_action": [t.pk for t in themes], "index": 0}
    return desk.post(f"{LIST}?pile=all", data, follow=True)


def test_a_line_says_how_often_how_clearly_and_in_whose_words(desk):
    theme()

    page = desk.get(LIST)

    assert "12 of 340 voices now, 1 of 910 before" in text(page)
    assert "strong" in text(page)
    assert "2 days" in text(page)
    assert (
        '<q class="desk-quote" lang="en">Why a <b>PARKING FEE</b> at all?</q>'
        in page.content.decode()
    )


def test_words_of_customers_are_only_words(desk):
    theme(text="<script>x</script> parking fee <b>")

    assert "<script>x" not in desk.get(LIST).content.decode()


def test_one_theme_or_three_are_the_same_number_of_queries(desk, django_assert_num_queries):
    theme()
    desk.get(LIST)
    with django_assert_num_queries(4):
        desk.get(LIST)

    theme("app", text="The app"), theme("cake", text="Cake for all: cake".lower())
    with django_assert_num_queries(4):
        desk.get(LIST)


def test_the_strongest_come_first(desk):
    theme("late fee", text="late fee", strength=2.5), theme(strength=7.0)

    page = text(desk.get(LIST))

    assert page.index("parking fee") < page.index("late fee")
    assert "very strong" in page


def test_what_staff_have_dealt_with_is_out_of_the_way(desk):
    theme("a cake", text="a cake", state=State.DISMISSED)
    theme("a pie", text="a pie", state=State.FADED)

    assert "a cake" not in text(desk.get(LIST))
    assert "a cake" in text(desk.get(f"{LIST}?pile=dismissed"))
    assert "a pie" in text(desk.get(f"{LIST}?pile=faded"))
    assert "a cake" in text(desk.get(f"{LIST}?pile=all"))


def test_an_empty_page_says_what_will_appear_and_when(desk):
    assert "Every night the last four weeks are compared" in text(desk.get(LIST))


def test_the_page_of_a_theme_leads_to_everybody_who_said_it(desk):
    it = theme(variants=["parking"])

    page = desk.get(f"{LIST}{it.pk}/change/")

    item = Feedback.objects.get()
    assert f'href="/admin/voc/feedback/{item.pk}/change/"' in page.content.decode()
    assert "Why a <mark>PARKING FEE</mark> at all?" in page.content.decode()
    assert "also said parking" in text(page)
    assert page.context["search_url"] == "/admin/voc/feedback/?pile=all&q=parking+fee"


def test_a_page_with_one_example_or_three_is_the_same_number_of_queries(
    desk, django_assert_num_queries
):
    it = theme()
    desk.get(f"{LIST}{it.pk}/change/")
    with django_assert_num_queries(4):
        desk.get(f"{LIST}{it.pk}/change/")

    it.examples += [[make.feedback("x").pk, 0, 1], [make.feedback("y").pk, 0, 1]]
    it.save()
    with django_assert_num_queries(4):
        desk.get(f"{LIST}{it.pk}/change/")


def test_words_that_changed_or_are_gone_stop_nobody(desk):
    it = theme()
    it.examples += [[10**9, 0, 3], [it.examples[0][0], 500, 600]]
    it.save()
    Feedback.objects.update(text="")

    assert desk.get(f"{LIST}{it.pk}/change/").status_code == 200
    assert desk.get(LIST).status_code == 200


def test_to_make_a_topic_is_to_fill_in_what_is_known_of_it(desk):
    it = theme(variants=["parking", "parking fee rise", "garage charge"])

    page = desk.get(f"{LIST}{it.pk}/change/")

    link = page.context["make_url"]
    assert urlsplit(link).path == reverse("admin:voc_topic_add")
    assert parse_qs(urlsplit(link).query) == {
        "theme": [str(it.pk)],
        "name_en": ["parking fee"],
        "phrases_en": ["parking fee\ngarage charge"],
    }


def test_the_form_for_a_topic_is_filled_in_and_makes_it_one(desk):
    it = theme(variants=["garage charge"])
    link = desk.get(f"{LIST}{it.pk}/change/").context["make_url"]

    form = desk.get(link).context["form"]
    filled = {field.html_name: field.value() or "" for field in form}
    desk.post(link, filled | {"name_ja": "駐車料金"})

    it.refresh_from_db()
    assert (it.state, it.topic.name_en, it.topic.name_ja) == (
        State.TOPIC,
        "parking fee",
        "駐車料金",
    )
    assert it.topic.phrase_changes.get().phrases_en == ["parking fee", "garage charge"]


def test_a_theme_that_is_a_topic_leads_to_it(desk):
    it, topic = theme(), make.topic("parking")
    it.become(topic)

    page = desk.get(f"{LIST}{it.pk}/change/")

    assert page.context["make_url"] == ""
    assert f'href="/admin/voc/topic/{topic.pk}/change/"' in page.content.decode()


def test_what_is_not_interesting_is_dismissed_and_brought_back(desk):
    it, other = theme(), theme("cake", text="cake")

    page = act(desk, "dismiss", it)
    assert Theme.objects.get(pk=it.pk).state == State.DISMISSED
    assert Theme.objects.get(pk=other.pk).state == State.NEW
    assert "1 theme was dismissed." in text(page)

    act(desk, "restore", it)
    assert Theme.objects.get(pk=it.pk).state == State.NEW


def test_what_is_a_topic_cannot_be_dismissed(desk):
    it = theme(state=State.TOPIC)

    page = act(desk, "dismiss", it)

    assert Theme.objects.get().state == State.TOPIC
    assert "Nothing was changed." in text(page)


def test_its_page_offers_only_what_fits(desk):
    def buttons(state):
        Theme.objects.update(state=state)
        page = desk.get(f"{LIST}{it.pk}/change/").content.decode()
        return re.findall(r'name="action" value="(\w+)"', page)

    it = theme()

    assert buttons(State.NEW) == ["dismiss"]
    assert buttons(State.DISMISSED) == ["restore"]
    assert buttons(State.TOPIC) == buttons(State.FADED) == []


def test_whoever_may_only_look_changes_nothing(client):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_theme"))
    client.force_login(reader)
    it = theme()

    page = client.get(f"{LIST}{it.pk}/change/")
    act(client, "dismiss", it)

    assert page.context["make_url"] == ""
    assert 'value="dismiss"' not in page.content.decode()
    assert Theme.objects.get().state == State.NEW


def test_a_theme_that_is_not_there_is_told(desk):
    page = desk.get(f"{LIST}999/change/", follow=True)

    assert "There is no such item" in text(page)


def test_whoever_logs_in_sees_that_there_are_some(desk):
    theme(), theme("cake", text="cake"), theme("pie", text="pie", state=State.FADED)

    page = desk.get("/admin/")

    assert '<a href="/admin/voc/theme/">2 emerging themes to look at</a>' in page.content.decode()
