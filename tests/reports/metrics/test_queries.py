"""The numbers behind the reports, from one query a chart."""

from datetime import UTC, date, datetime
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from reports.metrics import queries
from reports.metrics.periods import Period
from reports.metrics.scope import Scope
from surveys.models import Invitation, Response
from surveys.questions.nps import Tally
from tests import make
from voc.models import Feedback, Sentiment, Tag, Topic
from voc.nlp.sentiment import pool_known
from voc.topics import hierarchy

pytestmark = pytest.mark.django_db

TOKYO = ZoneInfo("Asia/Tokyo")
SPRING = Period(date(2026, 3, 1), date(2026, 6, 1))
MARCH, APRIL, MAY = SPRING.months()
ALL = Scope(TOKYO)
IN_MARCH = datetime(2026, 3, 10, tzinfo=UTC)


def answered(score, at, **words):
    return make.response(score, at=at, **words)


def tallies(months):
    return [month.tally for month in months]


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 2, 28, 14, 59, 59, 999_999, tzinfo=UTC), None),
        (datetime(2026, 2, 28, 15, tzinfo=UTC), 0),
        (datetime(2026, 3, 31, 14, 59, 59, 999_999, tzinfo=UTC), 0),
        (datetime(2026, 3, 31, 15, tzinfo=UTC), 1),
        (datetime(2026, 4, 1, 0, 0, tzinfo=TOKYO), 1),
        (datetime(2026, 5, 31, 14, 59, 59, tzinfo=UTC), 2),
        (datetime(2026, 5, 31, 15, tzinfo=UTC), None),
    ],
)
def test_a_month_begins_at_midnight_in_tokyo(moment, month):
    answered(9, moment)

    counted = [sum(each.times.values()) for each in queries.scores_by_period(ALL, SPRING.months())]

    assert counted == [int(number == month) for number in range(3)]


def test_months_without_answers_are_there():
    answered(9, IN_MARCH)

    assert tallies(queries.scores_by_period(ALL, SPRING.months())) == [
        Tally(1, 0, 0),
        Tally(),
        Tally(),
    ]


def test_answers_are_pooled_and_never_averaged():
    """One promoter in March and three detractors in April are −50, not (100 − 100) / 2."""
    answered(10, IN_MARCH)
    for score in (0, 5, 6):
        answered(score, datetime(2026, 4, 10, tzinfo=UTC))

    spring, *months = queries.scores_by_period(ALL, [SPRING, *SPRING.months()])

    assert [month.tally.nps for month in months] == [100, -100, None]
    assert spring.tally.nps == -50
    assert spring.period == SPRING


def test_only_answers_that_count_are_counted():
    answered(9, IN_MARCH)
    Response.objects.update(state=Response.State.EXCLUDED)
    answered(3, IN_MARCH)

    (march,) = queries.scores_by_period(ALL, [MARCH])
    assert march.times == {3: 1}


def test_one_survey_can_be_looked_at_alone():
    one = make.survey()
    answered(9, IN_MARCH, about=one)
    answered(3, IN_MARCH)

    (march,) = queries.scores_by_period(Scope(TOKYO, one), [MARCH])
    assert march.times == {9: 1}


def test_periods_may_overlap_and_lie_apart():
    for day in (1, 10, 20):
        answered(9, datetime(2026, 3, day, tzinfo=TOKYO))
    answered(3, datetime(2026, 5, 10, tzinfo=TOKYO))
    early, late = Period.of_days(date(2026, 3, 1), date(2026, 3, 10)), MAY

    found = queries.scores_by_period(ALL, [early, MARCH, late])

    assert [each.period for each in found] == [early, MARCH, late]
    assert tallies(found) == [Tally(2, 0, 0), Tally(3, 0, 0), Tally(0, 0, 1)]


@pytest.mark.parametrize("months", [1, 3])
def test_more_months_do_not_make_more_queries(django_assert_num_queries, months):
    for month in SPRING.months()[:months]:
        answered(9, month.moments(TOKYO)[0])

    with django_assert_num_queries(1):
        queries.scores_by_period(ALL, SPRING.months()[:months])


def test_the_rate_is_of_those_who_were_sent_an_invitation():
    sent, unsent = make.survey(), make.survey()
    for score in (9, None, None):
        invitation = make.invitation(about=sent)
        Invitation.objects.filter(pk=invitation.pk).update(
            outcome="sent", handed_at=IN_MARCH, settled_at=IN_MARCH
        )
        if score:
            Response.objects.create(
                survey=sent, invitation=invitation, score=score, answered_at=IN_MARCH
            )
    make.invitation(about=unsent)

    rate = queries.response_rate(ALL.during(MARCH))

    assert (rate.answered, rate.sent, rate.percent) == (1, 3, 33)
    assert queries.response_rate(ALL.during(APRIL)).percent is None
    assert queries.response_rate(Scope(TOKYO, unsent).during(MARCH)).sent == 0


def tagged(topic, sentiment, *others, response=None, at=IN_MARCH):
    if response:
        item = Feedback.objects.create(text="…", channel="survey", response=response)
    else:
        item = make.feedback()
    Feedback.objects.filter(pk=item.pk).update(received_at=at)
    for each in (topic, *others):
        Tag.objects.create(feedback=item, topic=each, sentiment=sentiment)
    return item


def test_topics_are_counted_with_their_feelings_most_first():
    rust, dust = make.topic("rust"), make.topic("dust")
    for topic, sentiment in [(rust, "negative"), (dust, "negative"), (dust, "positive")]:
        tagged(topic, sentiment)
    tagged(rust, "negative", at=datetime(2026, 3, 31, 15, tzinfo=UTC))

    found = queries.topic_counts(ALL.during(MARCH))

    assert [(each.topic, each.total) for each in found] == [(dust, 2), (rust, 1)]
    assert found[0].feelings == {"positive": 1, "neutral": 0, "negative": 1, "mixed": 0}


def test_a_topic_has_the_nps_of_those_who_mention_it():
    rust, survey = make.topic("rust"), make.survey()
    for score in (10, 8, 2, 0):
        tagged(rust, "mixed", response=answered(score, IN_MARCH, about=survey))
    tagged(rust, "mixed")

    assert [each.tally for each in queries.topic_counts(ALL.during(MARCH))] == [Tally(1, 1, 2)]
    assert [each.total for each in queries.topic_counts(Scope(TOKYO, survey).during(MARCH))] == [4]


def test_topics_of_every_channel_have_the_nps_of_one_survey():
    rust, survey = make.topic("rust"), make.survey()
    tagged(rust, "mixed", response=answered(10, IN_MARCH, about=survey))
    tagged(rust, "mixed", response=answered(0, IN_MARCH))
    tagged(rust, "mixed")

    (about_rust,) = queries.topic_counts(
        Scope(TOKYO, survey, every_channel=True).during(MARCH),
    )

    assert (about_rust.total, about_rust.tally) == (3, Tally(1, 0, 0))


def family():
    """Money, with price and bills below it."""
    money, price, bills = make.topic("money"), make.topic("prices"), make.topic("bills")
    hierarchy.move_under(price, money)
    hierarchy.move_under(bills, money)
    return money, price, bills


def test_a_topic_counts_each_item_below_it_once_and_they_follow_it():
    money, price, bills = family()
    tagged(price, "negative", bills)
    tagged(bills, "negative")
    tagged(make.topic("zeal"), "positive")
    tagged(money, "positive")

    found = queries.topic_counts(ALL.during(MARCH))

    assert [(each.topic.key, each.total) for each in found] == [
        ("money", 3),
        ("bills", 2),
        ("prices", 1),
        ("zeal", 1),
    ]


SENTIMENTS = [*Sentiment.values, None]
COMBINATIONS = [some for n in range(1, 6) for some in combinations(SENTIMENTS, n)]


@pytest.mark.parametrize("sentiments", [*COMBINATIONS, ("negative", "negative")])
def test_what_an_item_feels_below_a_topic_is_pooled_as_in_an_analysis(sentiments):
    money = make.topic("money")
    item = make.feedback()
    Feedback.objects.filter(pk=item.pk).update(received_at=IN_MARCH)
    for sentiment in sentiments:
        topic = make.topic()
        Tag.objects.create(feedback=item, topic=topic, sentiment=sentiment)
    Topic.objects.filter(tags__feedback=item).update(parent=money)

    about_money = queries.topic_counts(ALL.during(MARCH))[0]

    assert (about_money.topic, about_money.total) == (money, 1)
    felt = [feeling for feeling, n in about_money.feelings.items() if n]
    assert felt == [pooled for pooled in [pool_known(sentiments)] if pooled]


def test_a_score_behind_two_topics_below_counts_once_above():
    _money, price, bills = family()
    tagged(price, "negative", bills, response=answered(2, IN_MARCH))

    assert queries.topic_counts(ALL.during(MARCH))[0].tally == Tally(0, 0, 1)


def test_a_topic_out_of_use_is_not_reported():
    rust = make.topic("rust")
    tagged(rust, "negative")
    hierarchy.archive(rust, now=IN_MARCH)

    assert queries.topic_counts(ALL.during(MARCH)) == []


@pytest.mark.parametrize("topics", [1, 3])
def test_more_topics_do_not_make_more_queries(django_assert_num_queries, topics):
    for _ in range(topics):
        tagged(make.topic(), "neutral")

    with django_assert_num_queries(2):
        queries.topic_counts(ALL.during(MARCH))
    family()
    with django_assert_num_queries(3):
        queries.topic_counts(ALL.during(MARCH))
