"""No sentence says more than the numbers under it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from reports.dashboard.forms import ReportForm
from reports.dashboard.page import overview
from reports.metrics.scope import surveys_to_choose
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 12, 12, tzinfo=TOKYO)


@pytest.fixture
def survey():
    return make.survey(name="How are we")


def answered(survey, *scores, on):
    """All at noon of the day, written like 11-05."""
    at = datetime.strptime(f"2026-{on}T12+0900", "%Y-%m-%dT%H%z")
    for score in scores:
        make.response(score, about=survey, at=at)


def report(*, now=NOW, **choice):
    form = ReportForm(choice, surveys=surveys_to_choose(), now=now, zone=TOKYO)
    assert form.is_valid(), form.errors
    return overview(form, by=make.staff())


def change(**choice):
    return report(period="1", **choice).change


def month_names(**choice):
    return [row[0] for row in report(**choice).figures[0].rows]


# A change


def test_a_change_is_called_luck_unless_it_is_more(survey):
    answered(survey, *[9] * 10, *[3] * 10, on="10-05")
    answered(survey, *[9] * 11, *[3] * 9, on="11-05")

    assert change() == (
        "Up 10 since the month before, up to the same day (0, n 20, answers from 5 Oct 2026) — "
        "no more than luck explains."
    )


def test_a_great_change_is_more_than_luck(survey):
    answered(survey, 9, on="09-05")
    answered(survey, *[9] * 40, on="10-05")
    answered(survey, *[3] * 40, on="11-05")

    assert change() == (
        "Down 200 since the month before, up to the same day (+100, n 40) — "
        "more than luck explains."
    )


def test_one_answer_against_eighty_says_nothing(survey):
    answered(survey, *[9] * 80, on="10-05")
    answered(survey, 3, on="11-05")

    assert change() == (
        "Too few answers to say whether it moved: 80 in the month before, up to the same day, "
        "1 since."
    )


def test_it_does_not_say_so_in_japanese_either(survey):
    answered(survey, *[9] * 80, on="10-05")
    answered(survey, 3, on="11-05")

    with translation.override("ja"):
        assert change() == (
            "変化の有無を言うには回答が足りません（その前の1か月の同じ日までは80件、この期間は1件）。"
        )


# A period that is not over


def test_a_month_that_is_not_over_is_compared_with_the_same_days(survey):
    answered(survey, *[3] * 40, on="10-12")
    answered(survey, *[9] * 40, on="10-13")  # not yet that far in November
    answered(survey, *[3] * 40, on="11-05")

    assert change().startswith("The same as in the month before, up to the same day (−100, n 40")


def test_on_its_last_day_a_month_is_compared_with_the_whole_one_before(survey):
    answered(survey, *[3] * 40, on="10-31")
    answered(survey, *[3] * 40, on="11-05")

    last_day = datetime(2026, 11, 30, 12, tzinfo=TOKYO)
    assert change(now=last_day).startswith("The same as in the month before (−100, n 40")


def test_what_is_not_over_says_so_above_and_in_the_table(survey):
    answered(survey, 9, on="09-20")

    found = report(period="3")

    assert found.about == (
        "How are we · 1 Sep 2026 – 30 Nov 2026 (answers from 20 Sep 2026, so far)"
    )
    assert month_names(period="3") == [
        "Sep 2026 (answers from 20 Sep 2026)",
        "Oct 2026",
        "Nov 2026 (so far)",
    ]
    months = found.figures[0].chart["data"]["values"]
    assert [month["whole"] for month in months] == [False, True, False]


def test_a_month_that_is_over_says_nothing_of_the_kind(survey):
    answered(survey, 9, on="09-01")

    assert month_names(since="2026-09-01", until="2026-10-31") == ["Sep 2026", "Oct 2026"]


def test_months_to_come_are_not_in_the_table(survey):
    answered(survey, 9, on="11-01")

    assert month_names(since="2026-11-01", until="2027-03-31") == ["Nov 2026 (so far)"]


# One month


def test_a_month_is_shown_among_those_before_it_and_marked(survey):
    answered(survey, 9, on="08-01")
    answered(survey, 9, on="11-01")

    figure = report(period="1").figures[0]

    assert [row[0] for row in figure.rows][-1] == "Nov 2026 (so far)"
    assert [month["chosen"] for month in figure.chart["data"]["values"]] == [False] * 3 + [True]
    assert "The bar below the months marks the chosen period." in figure.notes


@pytest.mark.parametrize(("days", "said"), [([], 1), (["10-05"], 2)])
def test_one_or_two_months_are_said_to_show_no_direction(survey, days, said):
    for day in [*days, "11-05"]:
        answered(survey, 9, on=day)

    figure = report(period="1").figures[0]

    assert figure.notes[0].startswith(f"Only {said} month")
    assert figure.is_narrow


# Several surveys


@pytest.fixture
def after_buying(survey):
    """Asked later, and of other people."""
    bought = make.survey(name="After buying")
    answered(survey, *[9] * 30, on="11-01")
    answered(bought, *[3] * 30, on="11-02")
    return bought


def test_surveys_are_not_added_up_unless_somebody_wants_it(after_buying):
    found = report(period="1")

    assert found.about.startswith("How are we · ")
    assert found.headline.startswith("NPS® is +100 (n 30,")
    assert found.cautions == []


def test_one_of_them_can_be_chosen(after_buying):
    assert report(survey=after_buying.slug).headline.startswith("NPS® is −100 (n 30,")


def test_who_adds_them_up_is_told_so(after_buying):
    found = report(survey="*")

    assert found.about.startswith("all NPS® surveys, added up · ")
    assert found.headline.startswith("NPS® is 0 (n 60,")
    assert found.cautions[0].startswith("2 surveys are added up here,")
    assert found.change == ""


def test_a_closed_survey_gives_way_to_an_open_one(survey, after_buying):
    survey.state = "closed"
    survey.save()

    assert report().about.startswith("After buying · ")


def test_there_is_nothing_to_add_up_where_there_is_one(survey):
    answered(survey, 9, on="11-01")
    form = ReportForm({"survey": "*"}, surveys=surveys_to_choose(), now=NOW, zone=TOKYO)

    assert not form.is_valid()


# Figures


def test_a_share_is_rounded_like_the_nps_beside_it(survey):
    answered(survey, 9, *[7] * 7, on="11-01")

    found = report(period="1")

    assert found.headline.startswith("NPS® is +13 (n 8,")
    assert found.figures[1].rows[9] == ["9", "1", "13%"]
    names = found.figures[1].chart["layer"][2]["data"]["values"]
    assert [each["text"][1] for each in names] == ["0%", "88%", "13%"]


def test_the_interval_reads_the_same_in_the_sentence_and_in_the_table(survey):
    answered(survey, *[9] * 9, 3, on="11-01")

    found = report(period="1")

    assert found.headline == "NPS® is +80 (n 10, 95% interval +23 to +100)."
    assert found.figures[0].rows[-1][1:4] == ["+80", "10", "+23 to +100"]


def test_fixes_are_listed_by_their_numbers(survey):
    answered(survey, 9, on="10-01")
    for day in (3, 4):
        fix = make.fix(we_did_en=f"Fixed on day {day}")
        fix.state, fix.shipped_at = "shipped", NOW.replace(day=day)
        fix.save()

    figure = report(period="3").figures[0]

    assert figure.fixes == ["3 Nov 2026: Fixed on day 3", "4 Nov 2026: Fixed on day 4"]
    assert [row[-1] for row in figure.rows] == ["", "1, 2"]


def test_the_rate_is_only_so_far(survey):
    answered(survey, 9, on="11-01")
    survey.waves.get().invitations.update(outcome="sent", handed_at=NOW - timedelta(days=2))

    assert report(period="1").response_rate == (
        "100% of the invitations sent in this period were answered so far (1 of 1)."
    )
