"""/reports/: the NPS in words, then in figures."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from surveys.models import Response
from tests import make
from voc.models import Feedback, Tag

pytestmark = pytest.mark.django_db

PAGE = "/reports/"


def answers(*scores, about=None, days_ago=0):
    survey = about or make.survey()
    for score in scores:
        make.response(score, about=survey, at=timezone.now() - timedelta(days=days_ago))
    return survey


def read(client, **choice):
    return client.get(PAGE, {"lang": "en", **choice})


def test_strangers_are_asked_to_log_in(client):
    assert client.get(PAGE).headers["Location"] == "/admin/login/?next=/reports/"


def test_staff_need_the_permission_to_see_responses(client):
    clerk = User.objects.create_user("clerk", is_staff=True)
    client.force_login(clerk)
    assert client.get(PAGE).status_code == 403

    clerk.user_permissions.add(Permission.objects.get(codename="view_response"))
    assert client.get(PAGE).status_code == 200


def test_the_desk_leads_only_those_there_who_may_read_it(client):
    clerk = User.objects.create_user("clerk", is_staff=True)
    client.force_login(clerk)
    assert f'href="{PAGE}"' not in client.get("/admin/").content.decode()

    clerk.user_permissions.add(Permission.objects.get(codename="view_response"))
    assert f'href="{PAGE}"' in client.get("/admin/").content.decode()


def test_before_the_first_answer_it_says_what_to_do(desk):
    page = read(desk).content.decode()

    assert "Here you will see how your NPS® stands" in page
    assert 'href="/admin/surveys/survey/"' in page


def test_the_first_screen_answers_in_words(desk):
    answers(*[9] * 20, *[7] * 10, *[3] * 10)

    report = read(desk).context["report"]

    assert report.headline == "NPS® is +25 (n 40, 95% interval −1 to +48)."
    assert report.cautions == []
    assert report.change.startswith("Nobody answered in the 6 months before")


def test_few_answers_are_called_few(desk):
    answers(9, 9, 3)

    assert read(desk).context["report"].cautions == [
        "Few answers: read it as a hint, not as a measurement."
    ]


def test_it_speaks_japanese(desk):
    answers(9, 9, 3)

    report = read(desk, lang="ja").context["report"]

    assert report.headline == "NPS®は+33です（n 3、95%区間 −51〜+85）。"
    assert [figure.title for figure in report.figures] == ["月ごとのNPS", "推奨度0〜10の分布"]


def test_every_chart_has_its_table(desk):
    answers(10, 10, 7, 0)

    months, distribution = read(desk, period="1").context["report"].figures

    assert months.rows[0][1:] == ["+25", "4", "−44 to +73", "2", "1", "1", ""]
    assert [row[1] for row in distribution.rows] == [*"10000001002"]
    assert distribution.rows[10] == ["10", "2", "50%"]


def mentions(topic, *scores):
    survey = make.survey()
    for score in scores:
        response = make.response(score, about=survey)
        item = Feedback.objects.create(text="…", channel="survey", response=response)
        Tag.objects.create(feedback=item, topic=topic, sentiment="negative")


@pytest.mark.parametrize(
    ("scores", "shown"),
    [([0] * 9, "too few answers"), ([0] * 10, "−100 (n 10, −100 to −48)")],
)
def test_a_segment_that_would_point_at_persons_is_hidden(desk, scores, shown):
    mentions(make.topic("rust"), *scores)

    figure = read(desk).context["report"].figures[2]

    assert figure.rows == [["rust", str(len(scores)), str(len(scores)), "0", "0", "0", shown]]


def test_a_survey_can_be_chosen(desk):
    survey = answers(9)
    answers(3, 3)

    assert read(desk, survey=survey.slug).context["report"].headline.startswith("NPS® is +100")


def test_days_can_be_chosen(desk):
    answers(9, days_ago=400)
    answers(3)
    day = timezone.localdate() - timedelta(days=400)

    chosen = read(desk, since=day.isoformat(), until=day.isoformat()).context["report"]

    assert chosen.headline.startswith("NPS® is +100 (n 1")


def test_all_of_it_begins_with_the_first_answer(desk):
    answers(3, about=answers(9, days_ago=400))

    report = read(desk, period="all").context["report"]

    assert report.headline.startswith("NPS® is 0 (n 2")
    assert report.change == ""
    assert 14 <= len(report.figures[0].rows) <= 15


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        ({"survey": "no-such"}, "There is no such survey. Please choose one of the list."),
        ({"period": "7"}, "There is no such period. Please choose one of those above."),
        ({"since": "yesterday"}, "This is not a day. Please write it like 2026-04-01."),
        ({"since": "0001-01-01"}, "Please choose a day from 2000 to 2099."),
        ({"since": "9999-12-31"}, "Please choose a day from 2000 to 2099."),
        ({"since": "2099-12-31"}, "This day has not come yet. Please choose an earlier one."),
        ({"until": "2026-04-01"}, "Please say from which day, too."),
        (
            {"since": "2026-04-02", "until": "2026-04-01"},
            "The last day comes before the first. Please swap them.",
        ),
    ],
)
def test_a_choice_that_makes_no_sense_is_explained(desk, choice, fault):
    answers(9)

    page = read(desk, **choice)

    assert page.status_code == 422
    assert [
        message for messages in page.context["form"].errors.values() for message in messages
    ] == [fault]
    assert fault in page.content.decode()


@pytest.mark.parametrize(
    "choice",
    [
        {"since": "2000-01-01", "until": "2099-12-31"},
        {"since": "2099-12-31"},
        {"survey": "", "period": "", "since": "", "until": ""},
        {"survey": "あ" * 500},
        {"period": "-1"},
        {"page": "x"},
    ],
)
def test_no_choice_breaks_the_page(desk, choice):
    answers(9)

    assert read(desk, **choice).status_code in {200, 422}


def test_what_was_taken_out_is_not_shown(desk):
    answers(9)
    Response.objects.update(state=Response.State.EXCLUDED)

    assert read(desk).context["report"] is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_answers_does_not_make_more_queries(desk, django_assert_num_queries, rows):
    for _ in range(rows):
        mentions(make.topic(), 9)
        make.fix()

    with django_assert_num_queries(8):
        read(desk)


def test_a_survey_that_was_not_answered_yet_is_no_reason_to_go_back_to_the_beginning(desk):
    answers(9)

    page = read(desk, survey=make.survey().slug).content.decode()

    assert "Nobody answered in this period" in page
    assert "Please choose a longer period or another survey above." in page
