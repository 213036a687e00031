"""What a page of the inbox costs: statements and bytes, however much there is."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from voc.models import Feedback, Tag, Topic
from voc.triage import workflow

pytestmark = pytest.mark.django_db

LIST = "/admin/voc/feedback/"
LONG = "注文の画面が途中で固まり、何度やり直しても最後まで進めませんでした。" * 30
KILOBYTES = 80


def furnish(n):
    """So many items with all that a line can show: a score, topics, an urgency, an owner."""
    survey, owner = make.survey(), make.staff(name=f"佐藤 恵 {n}")
    for number in range(n):
        answered = make.response(number % 7, LONG, about=survey)
        item = answered.feedback
        for key in ("speed", "usability"):
            item.tags.create(topic=Topic.objects.get(key=key), sentiment="negative")
        received = timezone.now() - timedelta(minutes=number)
        values = {"sentiment": "negative", "intent": "complaint", "language": "ja"}
        values |= {"urgency": "churn"} if number % 5 == 0 else {}
        Feedback.objects.filter(pk=item.pk).update(
            received_at=received, analyzed_at=received, **values
        )
    workflow.take(Feedback.objects.filter(owner=None), by=owner)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("query", ["", "?topic=speed"])
def test_fifty_long_lines_are_a_small_page(desk, language, query):
    furnish(55)

    page = desk.get(LIST + query, headers={"accept-language": language})

    assert len(page.context["cl"].result_list) == 50
    assert len(page.content) < KILOBYTES * 1_000


@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("", 7),
        ("?pile=all", 7),
        ("?pile=done", 6),
        ("?pile=all&o=2", 8),
        ("?pile=all&o=-5", 7),
        ("?topic=speed", 8),
        ("?sentiment=negative&band=detractor&received=30", 7),
        ("?q=固まり", 11),
        ("?q=zz", 9),
    ],
)
def test_a_longer_list_costs_as_many_statements(desk, query, statements, django_assert_num_queries):
    for n in (3, 5):
        furnish(n)
        desk.get(LIST + query)  # what is looked up once and kept
        with django_assert_num_queries(statements):
            desk.get(LIST + query)


def test_the_home_page_costs_as_many_statements_as_there_are_lists(desk, django_assert_num_queries):
    for n in (3, 5):
        furnish(n)
        make.case(about=make.response(2))
        desk.get("/admin/")
        with django_assert_num_queries(21):
            desk.get("/admin/")


def test_of_an_item_no_more_is_read_than_its_line_shows(desk, django_assert_num_queries):
    furnish(3)

    desk.get(LIST)
    with django_assert_num_queries(7) as statements:
        page = desk.get(LIST)

    [rows] = [each["sql"] for each in statements if 'FROM "voc_feedback"' in each["sql"]]
    [tags] = [each["sql"] for each in statements if 'FROM "voc_tag"' in each["sql"]]
    assert LONG[:20] in page.content.decode()
    assert not [column for column in ("raw", "search_text", "comment") if f'"{column}"' in rows]
    assert "phrases" not in tags


def test_each_place_in_the_sidebar_has_a_sign_of_its_own(desk):
    page = desk.get(LIST).content.decode()

    places = page.partition('id="nav-sidebar-apps"')[2].partition("</div>\n</div>")[0]
    signs = re.findall(r'data-icon="(\w+)"', places)
    assert len(signs) == len(set(signs)) == places.count("<li>") == 30


def test_words_of_a_line_end_where_two_lines_do(desk):
    make.feedback(LONG)
    make.feedback("Slow. " * 100)

    said = [row.split("</bdi>")[0] for row in desk.get(LIST).content.decode().split('"said">')[1:]]

    assert sorted(len(words) for words in said) == [63, 113]
    assert all(words.endswith("…") for words in said)


def test_a_topic_and_those_below_it_are_found_once(desk):
    topic = Topic.objects.get(key="speed")
    below = make.topic("slow")
    Topic.objects.filter(pk=below.pk).update(parent=topic)
    item = make.feedback("Slow")
    Tag.objects.create(feedback=item, topic=topic)
    Tag.objects.create(feedback=item, topic=below)

    page = desk.get(LIST, {"topic": "speed"})

    assert page.context["cl"].result_list == [item]
