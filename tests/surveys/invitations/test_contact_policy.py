"""Who may be asked: one policy decides, and every refusal has its reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.invitations import contact_policy
from surveys.models import Invitation, Skip
from tests import make

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def refusal(customer, *, wave=None):
    return contact_policy.refusals([customer], wave or make.wave(), NOW).get(customer.pk)


def asked(customer, *, days_ago=0, **how_it_went):
    """The customer was handed an invitation to some other survey."""
    invitation = make.invitation(to=customer)
    how_it_went = {"outcome": "sent", **how_it_went}
    Invitation.objects.filter(pk=invitation.pk).update(
        handed_at=NOW - timedelta(days=days_ago), **how_it_went
    )


def test_someone_we_never_wrote_to_may_be_asked():
    assert refusal(make.customer()) is None


def test_someone_who_unsubscribed_is_not_asked():
    assert refusal(make.customer(unsubscribed=True)) == Skip.Reason.UNSUBSCRIBED


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [(0, "asked_recently"), (89, "asked_recently"), (90, None), (400, None)],
)
def test_someone_asked_within_ninety_days_is_not_asked_again(days_ago, expected):
    customer = make.customer()
    asked(customer, days_ago=days_ago)

    assert refusal(customer) == expected


def test_the_number_of_days_is_the_sites_to_choose(settings):
    settings.ASK_AGAIN_AFTER_DAYS = 30
    customer = make.customer()
    asked(customer, days_ago=31)

    assert refusal(customer) is None


def test_an_invitation_that_still_waits_counts_as_asked():
    assert refusal(make.invitation(in_days=3).customer) == Skip.Reason.ASKED_RECENTLY


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("sent", "asked_recently"),
        ("uncertain", "asked_recently"),
        (None, "asked_recently"),
        ("refused", None),
        ("skipped", None),
    ],
)
def test_only_a_mail_that_may_have_arrived_counts_as_asked(outcome, expected):
    customer = make.customer()
    asked(customer, outcome=outcome)

    assert refusal(customer) == expected


def test_nobody_is_asked_twice_in_one_wave():
    invitation = make.invitation()

    assert refusal(invitation.customer, wave=invitation.wave) == Skip.Reason.IN_THIS_WAVE


def test_of_several_reasons_the_most_lasting_is_told():
    invitation = make.invitation(to=make.customer(unsubscribed=True))

    assert refusal(invitation.customer, wave=invitation.wave) == Skip.Reason.UNSUBSCRIBED


def test_a_wave_that_is_not_begun_yet_has_asked_nobody():
    customer = make.customer()

    assert contact_policy.refusals([customer], None, NOW) == {}


@pytest.mark.parametrize("customers", [1, 3])
def test_however_many_are_looked_at_it_takes_three_queries(customers, django_assert_num_queries):
    some, wave = [make.customer() for _ in range(customers)], make.wave()

    with django_assert_num_queries(3):
        contact_policy.refusals(some, wave, NOW)
