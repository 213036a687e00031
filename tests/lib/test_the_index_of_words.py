"""The index of words finds what looking through finds, on PostgreSQL, where it is asked."""

import random

import pytest
from django.db import connection
from django.utils import timezone

from lib import search
from lib.desk import pages
from surveys.models import Customer, Response
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db

only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite looks through everything"
)
LETTERS = "あいう返品解約ab cde'\\%_!・か゛ \n\t👍ＡéL"
INBOX = "/admin/voc/feedback/"
BIG = ("voc_feedback", "surveys_response", "surveys_customer")


def holding(words):
    return Feedback.objects.filter(search.holding(["search_text"], words)).order_by("pk")


def looked_through(words):
    found = Feedback.objects.order_by("pk")
    for word in words.split():
        found = found.filter(search_text__contains=search.Folded(search.Value(word)))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_it_finds_just_what_looking_through_finds(seed):
    chance = random.Random(seed)
    texts = ["".join(chance.choices(LETTERS, k=chance.randint(1, 30))) for _ in range(150)]
    items = Feedback.objects.bulk_create([Feedback(text=t, channel="review") for t in texts])
    analyzed = [item.pk for item in items if chance.random() < 0.7]
    Feedback.objects.filter(pk__in=analyzed).update(analyzed_at=timezone.now())

    for _ in range(150):
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        words = text[start : start + chance.randint(1, 6)] + chance.choice(["", " 返", " zz"])
        assert list(holding(words)) == list(looked_through(words)), repr(words)
        often = Feedback.objects.filter(search.holding_often(["search_text"], words))
        assert list(often.order_by("pk")) == list(looked_through(words)), repr(words)


@only_postgresql
@pytest.mark.parametrize("fields", [["search_text"], ["search_words"]])
def test_both_columns_have_an_index_that_is_used(fields):
    many(20_000)

    plan = Feedback.objects.filter(search.holding(fields, "d41d8")).explain()

    by = {"search_text": "feedback_by_words", "search_words": "feedback_by_other_words"}
    assert f"Bitmap Index Scan on {by[fields[0]]}" in plan
    assert "Seq Scan" not in plan


def test_a_text_too_long_for_the_index_is_found_too():
    item = make.feedback("x" * 250_000 + "終わり")
    Feedback.objects.update(analyzed_at=timezone.now())

    assert holding("終わり").get() == item
    assert not holding("始まり").exists()


@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize("frequent", [True, False])
def test_a_list_shows_the_same_whichever_way_it_searches(desk, monkeypatch, few, frequent):
    monkeypatch.setattr(pages, "MOST_FOUND", 100 if few else 1)
    monkeypatch.setattr(pages, "OFTEN", -1 if frequent else 1)
    by = make.customer(name="佐藤　恵")
    wanted = [make.response(3, "返品したい", by=by), make.response(8, "返品できた")]
    make.response(3, "解約したい")

    inbox = desk.get(INBOX, {"q": "返品", "pile": "all"}).context["cl"].result_list
    responses = desk.get("/admin/surveys/response/", {"q": "返品"}).context["cl"].result_list
    of_one = desk.get("/admin/surveys/response/", {"q": "返品 佐藤恵"}).context["cl"].result_list
    asked = desk.get("/admin/surveys/invitation/", {"q": "佐藤 恵"}).context["cl"].result_list

    assert {item.response for item in inbox} == set(wanted)
    assert set(responses) == set(wanted)
    assert of_one == [wanted[0]]
    assert asked == [wanted[0].invitation]


def test_many_customers_of_a_name_are_found_as_few_are(desk, monkeypatch):
    monkeypatch.setattr("lib.desk.found.MOST_LINKED", 2)
    invitations = [make.invitation(to=make.customer(name="佐藤")) for _ in range(4)]
    make.invitation()

    found = desk.get("/admin/surveys/invitation/", {"q": "佐藤"}).context["cl"].result_list

    assert sorted(row.pk for row in found) == [each.pk for each in invitations]


def many(n):
    """So many customers, responses and items, most of them analyzed, and statistics of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO surveys_customer (email, name, language, attributes, created_at)
               SELECT 'c' || n || '@example.com', 'Name', 'en', '{}', now()
               FROM generate_series(1, %(n)s) n;
               INSERT INTO surveys_response (survey_id, customer_id, language, score, comment,
                   state, why_excluded, answered_at, changed_at)
               SELECT %(survey)s, c.id, 'en', c.id %% 11, 'Word' || md5(c.id::text), 'counted', '',
                   now() - c.id * interval '1 minute', now() FROM surveys_customer c;
               INSERT INTO voc_feedback (text, channel, response_id, raw, received_at, language,
                   sentiment, sentiment_by, topics_by, signs_by, abuse_by, feelings, signs,
                   analyzer, attempts, status, analyzed_at, search_words)
               SELECT r.comment, 'survey', r.id, '{}', r.answered_at, 'en', 'neutral', 'machine',
                   'machine', 'machine', 'machine', '[]', '[]', '', 0,
                   CASE WHEN r.id %% 9 = 0 THEN 'done' ELSE 'new' END,
                   CASE WHEN r.id %% 500 > 0 THEN now() END,
                   CASE WHEN r.id %% 500 > 0 THEN 'words kana' || md5(r.comment) END
                   FROM surveys_response r""",
            {"n": n, "survey": make.survey().pk},
        )
        for table in (Customer, Response, Feedback):
            cursor.execute(f"ANALYZE {table._meta.db_table}")


PLANNED = [
    INBOX,
    f"{INBOX}?pile=all",
    f"{INBOX}?pile=all&o=2",
    f"{INBOX}?pile=all&o=-2",
    f"{INBOX}?pile=done&o=5",
    f"{INBOX}?urgency=any",
    f"{INBOX}?pile=all&urgency=security",
    f"{INBOX}?pile=all&channel=meeting",
    f"{INBOX}?pile=all&sentiment=none",
    f"{INBOX}?pile=all&language=unknown",
    f"{INBOX}?received=7",
    f"{INBOX}?pile=mine",
    f"{INBOX}?pile=aside",
    f"{INBOX}?q=d41d8",
    f"{INBOX}?q=zq",
    f"{INBOX}?q=word",
    f"{INBOX}?q=語",
    f"{INBOX}?q=kana12",
    f"{INBOX}?q=kana+zq",
    "/admin/surveys/response/",
    "/admin/surveys/response/?o=1",
    "/admin/surveys/response/?o=-1",
    "/admin/surveys/response/?o=-5",
    "/admin/surveys/response/?state__exact=excluded",
    "/admin/surveys/response/?answered_at__year=2020",
    "/admin/surveys/customer/",
    "/admin/surveys/customer/?o=2",
    "/admin/surveys/customer/?o=4",
    "/admin/surveys/customer/?mail=no",
    "/admin/surveys/invitation/",
    "/admin/surveys/invitation/?state=refused",
    "/admin/",
]  # fmt: skip


@only_postgresql
def test_no_page_reads_a_big_table_through(desk):
    many(20_000)
    read = {}
    for address in PLANNED:
        desk.get(address)
        # Names have no index of grams (docs/decisions/search.md): a search looks through them.
        big = BIG[:2] if "?q=" in address else BIG
        with CapturedPlans(big) as plans:
            assert desk.get(address).status_code == 200
        if seen := plans.read_through():
            read[address] = seen

    assert read == {}


class CapturedPlans:
    """The statements of a page, and what PostgreSQL does for each."""

    def __init__(self, big):
        self.big = big

    def __enter__(self):
        self.statements = []
        self.wrapper = connection.execute_wrapper(self._note)
        self.wrapper.__enter__()
        return self

    def _note(self, execute, sql, params, many, context):
        self.statements.append((sql, params))
        return execute(sql, params, many, context)

    def __exit__(self, *what):
        self.wrapper.__exit__(*what)

    def read_through(self):
        """The plans that read a big table from end to end."""
        return [plan for plan in map(self._plan, self.statements) if self._is_bad(plan)]

    def _plan(self, statement):
        sql, params = statement
        if not sql.startswith("SELECT"):
            return ""
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) " + sql, params)
            return "\n".join(line for (line,) in cursor.fetchall())

    def _is_bad(self, plan):
        return any(f"Seq Scan on {table}" in plan for table in self.big)
