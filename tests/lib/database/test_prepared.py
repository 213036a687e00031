"""A prepared query brings what the ORM brings, in every connection, and asks no more for it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, Value
from django.test.utils import CaptureQueriesContext

from lib.database.prepared import Given, Prepared
from surveys.models import Customer, Invitation
from tests import make

pytestmark = pytest.mark.django_db

FACTS = ("pk", "wave__survey__name", "wave__survey__closes_at", "customer__email", "said", "words")
INVITATION = Prepared(
    lambda: (
        Invitation.objects.filter(pk=Given("pk", BigIntegerField()))
        .annotate(said=Given("word", CharField()), words=Value("50% of '%s'", CharField()))
        .values_list(*FACTS, "response__score", "response__answered_at")
    )
)
BY_NAME = Prepared(
    lambda: Customer.objects.filter(name=Given("name", CharField())).values_list("pk", "name")
)


def test_the_values_are_the_orms():
    answered = make.response(9, "Good")
    invitation = answered.invitation

    found = INVITATION.first(pk=invitation.pk, word="'; -- %s")

    plain = Invitation.objects.filter(pk=invitation.pk).values_list(*FACTS[:4])
    assert found == (*plain.get(), "'; -- %s", "50% of '%s'", 9, answered.answered_at)
    assert INVITATION.first(pk=make.invitation().pk, word="")[-2:] == (None, None)


def test_what_is_not_there_is_none():
    assert INVITATION.first(pk=0, word="") is None


@pytest.mark.parametrize("name", ["", "佐藤", "O'Hara", "100%", "%s", "$1", "\\", "{x}", '"'])
def test_a_value_is_a_value(name):
    make.customer(name=f"not {name}")
    customer = make.customer(name=name)

    assert BY_NAME.first(name=name) == (customer.pk, name)


def test_a_forgotten_value_is_a_fault():
    with pytest.raises(KeyError):
        BY_NAME.first()


def test_it_costs_one_statement_each_time():
    BY_NAME.first(name="x")

    for name in ("Kei", "Mei"):
        with CaptureQueriesContext(connection) as said:
            BY_NAME.first(name=name)
        assert len(said) == 1


@pytest.mark.django_db(transaction=True)
def test_each_thread_and_each_new_connection_has_its_own():
    kei = (make.customer(name="Kei").pk, "Kei")

    def ask():
        try:
            found = [BY_NAME.first(name="Kei")]
            connection.close()
            return [*found, BY_NAME.first(name="Kei")]
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(ask) for _ in range(6)]

    assert [each.result() for each in asked] == [[kei, kei]] * 6
    connection.close()
    assert BY_NAME.first(name="Kei") == kei


def test_a_connection_that_is_not_kept_is_not_asked_to_remember(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    kei = (make.customer(name="Kei").pk, "Kei")

    with CaptureQueriesContext(connection) as said:
        assert BY_NAME.first(name="Kei") == kei

    assert "EXECUTE" not in said.captured_queries[0]["sql"]
