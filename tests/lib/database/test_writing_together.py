"""Rows written together are whole: what is not given is the model's, and all are there or none."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from lib.database.together import insert, update, write_together
from surveys.models import Customer
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {"text": "100% 'Good'", "channel": "other", "received_at": datetime(2026, 4, 1, tzinfo=UTC)}


def columns(row):
    return {one.attname: one.value_from_object(row) for one in row._meta.concrete_fields}


def test_what_is_not_given_is_what_the_model_says():
    (pk,) = write_together([insert("words", Feedback, WORDS)])["words"]

    together, plain = Feedback.objects.get(pk=pk), Feedback.objects.create(**WORDS)
    plain.refresh_from_db()
    assert columns(together) | {"id": 0} == columns(plain) | {"id": 0}


def test_what_the_model_says_another_each_time_has_to_be_given():
    with pytest.raises(ValueError, match="Feedback has no constant for received_at: give it"):
        insert("words", Feedback, {"text": "Good", "channel": "other"})


def test_when_one_fails_none_is_there():
    customer = make.customer(name="Kei")
    steps = [
        update("renamed", Customer, {"name": "Mei"}, where="id = %s", params=[customer.pk]),
        insert("words", Feedback, {**WORDS, "customer_id": 0}),
    ]

    with pytest.raises(IntegrityError):
        write_together(steps)

    customer.refresh_from_db()
    assert (customer.name, Feedback.objects.count()) == ("Kei", 0)


def test_when_whoever_is_told_fails_none_is_there():
    def fail(_ids):
        raise OSError("mine")

    with pytest.raises(OSError, match="mine"):
        write_together([insert("words", Feedback, WORDS, then=fail)])

    assert not Feedback.objects.exists()
