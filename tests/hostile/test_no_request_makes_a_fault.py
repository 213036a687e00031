"""Whatever is sent to the site, it answers: with a page, a redirect or a sentence, never a fault.

The requests are made from what the site has: a new address, list or form is in them by itself.
"""

import logging

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction

from tests import make
from tests.hostile import requests

pytestmark = pytest.mark.django_db

ME = 4242  # not among the ids that the requests name: who acts must not delete himself


@pytest.fixture
def everything_there_is():
    """A row of what the pages are about."""
    answered = make.response(3, "Slow")
    make.fix(answered.feedback)
    make.topic("slow", en=("slow",))
    return answered


@pytest.fixture
def quiet():
    """Each refused request is a line in the log, and thousands of them help nobody."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
def test_no_request_makes_a_fault(client, everything_there_is):
    me = User.objects.create_superuser("me", pk=ME)
    links = [everything_there_is.invitation.get_absolute_url()]
    links.append(make.survey(kind="form").get_absolute_url())
    sample = list(requests.a_sample(_ids(), links))

    faults = [fault for hostile in sample if (fault := _fault(hostile, client, me))]

    print(f"{len(sample)} hostile requests, {len(faults)} faults")
    assert faults == []
    assert len(sample) > 2_000


def _ids():
    """An id of each list of the desk, by the label of its model."""
    models = admin.site._registry
    return {
        model._meta.label_lower: [str(pk) for pk in model.objects.values_list("pk", flat=True)[:1]]
        for model in models
    }


def _fault(hostile, client, me):
    """What went wrong, if anything did; who was logged out by the request logs in again."""
    if client.session.get("_auth_user_id") != str(ME):
        client.force_login(me)
    try:
        with transaction.atomic():
            status = hostile.by(client)
    except Exception as error:  # which one says the report
        return f"{hostile}: {error!r}"
    return f"{hostile}: {status}" if status >= 500 else ""
