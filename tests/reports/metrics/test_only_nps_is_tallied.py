"""A 5 of 5 is no detractor: a report counts answers of NPS surveys."""

from dataclasses import fields
from datetime import UTC, date, timedelta

import pytest
from django.utils import timezone

from reports.metrics import queries
from reports.metrics.periods import Period
from reports.metrics.scope import Scope
from surveys.models import Invitation, Survey
from tests import make
from voc.models import Feedback, Tag

pytestmark = pytest.mark.django_db

PAGE = "/reports/?lang=en"


@pytest.fixture(params=["riddle", "feedback"])
def other(request):
    """Answered with a 5, and then it is of another kind."""
    survey = make.survey(name="Other")
    make.response(5, "All well", about=survey)
    Survey.objects.filter(pk=survey.pk).update(kind=request.param)
    return survey


def test_alone_it_makes_no_report(desk, other):
    page = desk.get(PAGE)

    assert (page.context["report"], page.context["begun"]) == (None, False)


def test_beside_an_nps_survey_it_changes_nothing(desk, other):
    make.response(9)
    Invitation.objects.update(outcome="sent", handed_at=timezone.now() - timedelta(seconds=1))

    report = desk.get(PAGE).context["report"]

    assert report.headline == "NPS® is +100 (n 1, 95% interval −49 to +100)."
    assert (
        "100% of the invitations sent in this period were answered so far (1 of 1)."
        in report.response_rate
    )
    assert [row[1] for row in report.figures[1].rows] == [*"00000000010"]


def test_the_nps_of_a_topic_leaves_it_out(desk, other):
    topic, nps = make.topic("rust"), make.survey()
    for item in [Feedback.objects.get(), make.response(9, "Rusty", about=nps).feedback]:
        Tag.objects.create(feedback=item, topic=topic, sentiment="positive")

    (row,) = desk.get(PAGE).context["report"].figures[2].rows

    assert row[1] == "2"
    assert row[-1] == "too few answers"
    # Ten promoters are enough to see the number.
    for _ in range(9):
        said = make.response(9, "Rusty", about=nps).feedback
        Tag.objects.create(feedback=said, topic=topic, sentiment="positive")
    (row,) = desk.get(PAGE).context["report"].figures[2].rows
    assert row[-1].startswith("+100 (n 10")


def test_it_cannot_be_chosen(desk, other):
    nps = make.survey(name="NPS")

    choices = desk.get(PAGE).context["form"].fields["survey"].choices

    assert [key for key, _name in choices] == ["", nps.slug]
    assert desk.get(f"{PAGE}&survey={other.slug}").status_code == 422


def test_a_scope_is_of_nps_surveys_and_of_no_other_kind(other):
    ever = Period(date(2000, 1, 1), date(2099, 12, 31))

    (scores,) = queries.scores_by_period(Scope(UTC, other), [ever])

    assert scores.tally.total == 0
    assert [field.name for field in fields(Scope)] == ["zone", "survey", "period", "every_channel"]
