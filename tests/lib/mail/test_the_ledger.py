"""One statement settles a mail and hands the next one over; it does what the plain ORM does."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from lib.mail.ledger import Ledger
from lib.mail.outbox import OutboxMail, put_back, settled
from reports.fixes.notify import Told
from surveys.invitations.send import Asked
from surveys.models import Invitation
from surveys.responses.send_confirmations import Claimed
from tests import make

pytestmark = pytest.mark.django_db

NOW = timezone.now()
ENDINGS = [
    None,
    lambda pk: settled(pk, OutboxMail.Outcome.SENT, NOW),
    lambda pk: settled(pk, OutboxMail.Outcome.REFUSED, NOW, reason="550 no" + "x" * 400 + "\0"),
    lambda pk: put_back(pk, NOW + timedelta(minutes=5), reason="451 later"),
]
STATES = [
    {},
    {"attempts": 3, "reason": "451 later"},
    {"handed_at": NOW},
    {"handed_at": NOW, "outcome": "sent", "settled_at": NOW},
    {"outcome": "skipped"},
]


def undone(do):
    """What it returns and the rows it leaves, which are then as they were."""
    before = rows()
    returned, left = do(), rows()
    for row in before:
        Invitation.objects.filter(pk=row["id"]).update(**row)
    return returned, left


def rows():
    return list(Invitation.objects.order_by("pk").values())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("ending", ENDINGS)
def test_both_ways_return_and_leave_the_same(ending, state):
    last, this, _other = make.invitation(), make.invitation(), make.invitation()
    Invitation.objects.filter(pk=last.pk).update(handed_at=NOW, attempts=1)
    Invitation.objects.filter(pk=this.pk).update(**state)

    def hand_over(way, kept=60):
        ledger = Ledger(Asked.query())
        if ending:
            ledger.ended(ending(last.pk))
        with patch.dict(connection.settings_dict, CONN_MAX_AGE=kept):
            return getattr(ledger, way)(this.pk, NOW)

    plain = undone(lambda: hand_over("in_one_transaction"))
    assert (plain[0] is None) == bool({"handed_at", "outcome"} & state.keys())
    if connection.vendor == "postgresql":
        assert undone(lambda: hand_over("in_one_statement")) == plain
        assert undone(lambda: hand_over("in_one_statement", kept=0)) == plain


def test_facts_are_read_as_they_are_now():
    invitation = make.invitation()
    ledger = Ledger(Asked.query())
    invitation.customer.unsubscribe(NOW)

    asked = Asked(*ledger.hand_over(invitation.pk, NOW))

    assert (asked.pk, asked.attempts, asked.unsubscribed_at) == (invitation.pk, 0, NOW)
    assert (asked.email, asked.kind, asked.state) == (invitation.customer.email, "nps", "open")


@pytest.mark.parametrize("facts", [Asked, Told, Claimed])
def test_a_row_that_is_gone_is_not_handed_over(facts):
    assert Ledger(facts.query()).hand_over(-1, NOW) is None


def test_how_the_last_one_ended_is_written_once():
    last, this = make.invitation(), make.invitation()
    ledger = Ledger(Asked.query())
    ledger.hand_over(last.pk, NOW)
    ledger.ended(settled(last.pk, OutboxMail.Outcome.SENT, NOW))
    ledger.hand_over(this.pk, NOW)
    ledger.ended(settled(this.pk, OutboxMail.Outcome.REFUSED, NOW))
    ledger.close()
    Invitation.objects.filter(pk=last.pk).update(reason="seen")
    ledger.close()

    assert Invitation.objects.get(pk=last.pk).reason == "seen"
    assert Invitation.objects.get(pk=this.pk).outcome == "refused"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="there the ORM hands over")
def test_a_mail_is_found_by_its_id_and_never_among_all_that_wait():
    """Even where there is nothing better: what the planner takes depends on old statistics."""
    ledger, plan = Ledger(Asked.query()), []

    def explain(execute, sql, params, many, context):
        execute(f"EXPLAIN {sql}", params, many, context)
        plan.extend(line for (line,) in context["cursor"].fetchall())
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE surveys_invitation DROP CONSTRAINT surveys_invitation_pkey CASCADE"
        )
        cursor.execute("SET LOCAL enable_seqscan = off")
    with patch.dict(connection.settings_dict, CONN_MAX_AGE=0), connection.execute_wrapper(explain):
        ledger.hand_over(1, NOW)

    assert "handed" in "".join(plan)
    assert "invitations_waiting" not in "".join(plan)
