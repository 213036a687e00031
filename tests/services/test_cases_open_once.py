"""However many workers and people look at one answer at the same moment, it has one case."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from tests import make
from voc.cases import escalate, rules, workflow
from voc.models import AlertMail, Case, CaseActivity, CaseRule, Consideration

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works):
    """Begin the works at the same moment, each with a connection of its own."""
    ready = Barrier(len(works))

    def run(work):
        try:
            ready.wait(timeout=30)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as workers:
        return [done.result() for done in [workers.submit(run, work) for work in works]]


def consider():
    return rules.consider_batch(timezone.now(), size=1)


def test_workers_and_people_open_one_case_of_one_answer():
    long_ago = timezone.now() - timedelta(days=1)
    CaseRule.objects.create(name="Low", score_at_most=6, on_since=long_ago)
    response, item = make.response(2), make.feedback("Too slow")
    for _ in range(3):
        Consideration.objects.create(response=response)

    together(
        *[consider] * 3,
        *[lambda: workflow.open_case(response=response, now=timezone.now())] * 2,
        *[lambda: workflow.open_case(feedback=item, now=timezone.now())] * 2,
    )

    assert sorted(case.response_id or 0 for case in Case.objects.all()) == [0, response.pk]
    assert CaseActivity.objects.filter(what="open").count() == 2


def test_an_overdue_case_is_told_of_once():
    mei = make.staff()
    workflow.open_case(
        response=make.response(2), now=timezone.now(), owner=mei, due_at=timezone.now()
    )
    AlertMail.objects.all().delete()

    together(*[lambda: escalate.escalate_overdue(timezone.now())] * 4)

    assert AlertMail.objects.count() == 1
    assert CaseActivity.objects.filter(what="escalate").count() == 1
