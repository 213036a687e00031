"""Chosen customers are asked, and those who are not are told by reason."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from surveys.invitations import invite
from surveys.invitations.invite import Invited
from surveys.models import Customer, Invitation, Skip
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOW = timezone.now()


def ask(*customers, to):
    return invite.invite(customers, to=to, now=NOW)


def invite_by_command(*words):
    call_command("invite", *words)


def test_everyone_gets_an_invitation_of_their_own():
    wave = make.wave()

    assert ask(make.customer(), make.customer(), to=wave) == Invited(asked=2)

    assert Invitation.objects.filter(wave=wave).waiting().count() == 2


def test_whoever_is_not_asked_is_written_down_with_the_reason():
    wave, gone = make.wave(), make.customer(unsubscribed=True)

    invited = ask(make.customer(), gone, to=wave)

    assert invited == Invited(asked=1, skipped={Skip.Reason.UNSUBSCRIBED: 1})
    assert invited.reasons() == [("does not want mail from us", 1)]
    skip = Skip.objects.get()
    assert (skip.wave, skip.customer, skip.reason) == (wave, gone, "unsubscribed")


def test_inviting_again_asks_nobody_twice():
    wave, customer = make.wave(), make.customer()
    ask(customer, to=wave)

    assert ask(customer, to=wave) == Invited(skipped={Skip.Reason.IN_THIS_WAVE: 1})
    assert Invitation.objects.count() == 1


def test_a_customer_chosen_twice_is_asked_once():
    customer = make.customer()

    assert ask(customer, customer, to=make.wave()).asked == 1


def test_the_mail_may_leave_later():
    tomorrow = NOW + timedelta(days=1)

    invite.invite([make.customer()], to=make.wave(), now=NOW, send_after=tomorrow)

    assert Invitation.objects.get().send_after == tomorrow


def test_a_forecast_says_what_would_happen_and_writes_nothing():
    gone, fresh = make.customer(unsubscribed=True), make.customer()

    forecast = invite.forecast([gone, fresh], to=None, now=NOW)

    assert forecast == Invited(asked=1, skipped={Skip.Reason.UNSUBSCRIBED: 1})
    assert (Invitation.objects.count(), Skip.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_press_invite_together_ask_each_customer_once():
    customers, waves = [make.customer() for _ in range(40)], [make.wave(), make.wave()]
    together = Barrier(2)

    def press(wave):
        together.wait()
        try:
            return ask(*customers, to=wave)
        finally:
            connection.close()

    with ThreadPoolExecutor() as people:
        first, second = people.map(press, waves)

    assert first.asked + second.asked == Invitation.objects.count() == 40
    assert first.skipped + second.skipped == {Skip.Reason.ASKED_RECENTLY: 40}


@pytest.mark.parametrize("customers", [1, 3])
def test_however_many_are_asked_it_takes_as_many_queries(customers, django_assert_num_queries):
    some, wave = [make.customer() for _ in range(customers)], make.wave()

    with django_assert_num_queries(7):  # a savepoint and its end, the lock, the policy, the rows
        ask(*some, to=wave)


def test_the_command_asks_everyone_and_says_who_was_not(capsys):
    survey = make.survey()
    make.customer()
    make.customer(unsubscribed=True)

    invite_by_command(survey.slug, "--all")

    assert capsys.readouterr().out == "1 asked\n1 skipped: does not want mail from us\n"


def test_the_command_asks_those_it_is_given(capsys, tmp_path):
    survey, hana, jiro = make.survey(), make.customer(), make.customer()
    make.customer()
    addresses = tmp_path / "addresses.txt"
    addresses.write_text(f"\ufeff{jiro.email.upper()}\n\nnobody@example.com\n", encoding="utf-8")

    invite_by_command(survey.slug, "--emails", hana.email)
    invite_by_command(survey.slug, "--emails-from", str(addresses))

    assert [invitation.customer for invitation in Invitation.objects.order_by("pk")] == [hana, jiro]
    assert capsys.readouterr().err == "nobody@example.com is not a customer’s address.\n"


def test_the_command_goes_on_with_the_wave_or_begins_a_new_one():
    survey = make.survey()
    make.customer()

    invite_by_command(survey.slug, "--all")
    invite_by_command(survey.slug, "--all")
    invite_by_command(survey.slug, "--all", "--new-wave")

    assert [wave.number for wave in survey.waves.all()] == [2, 1]
    assert list(Skip.objects.order_by("pk").values_list("reason", flat=True)) == [
        "in_this_wave",
        "asked_recently",
    ]


def test_the_command_says_which_surveys_there_are():
    survey = make.survey()

    with pytest.raises(CommandError) as refused:
        invite_by_command("christmas", "--all")

    assert str(refused.value) == (
        f"No survey to invite to is called “christmas”; there is: {survey.slug}."
    )


def test_the_command_does_not_ask_for_a_survey_that_is_closed():
    survey = make.survey(state="closed")
    make.customer()

    with pytest.raises(CommandError, match="“After delivery” is not open"):
        invite_by_command(survey.slug, "--all")

    assert Customer.objects.count() == 1
    assert not Invitation.objects.exists()
