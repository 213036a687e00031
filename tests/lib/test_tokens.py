"""Links that only we can make."""

import pytest
from django.core.signing import Signer

from lib import tokens


def test_a_link_leads_back_to_what_it_was_made_for():
    assert tokens.read("answer", tokens.make("answer", 42)) == 42


def test_a_link_of_one_purpose_opens_nothing_of_another():
    assert tokens.read("unsubscribe", tokens.make("answer", 42)) is None


@pytest.mark.parametrize("token", ["", "42", "42.", "42.guess", ".", "x.y", "４２.guess", "\ud800"])
def test_a_made_up_link_leads_nowhere(token):
    assert tokens.read("answer", token) is None


def test_a_link_that_was_tampered_with_leads_nowhere():
    _number, proof = tokens.make("answer", 42).split(".")

    assert tokens.read("answer", f"43.{proof}") is None


def test_it_takes_at_least_192_secret_bits_to_guess_one():
    _number, proof = tokens.make("answer", 42).split(".")

    assert len(proof) * 6 >= 192  # base64: six bits a letter


@pytest.mark.parametrize("number", [0, 42, 2**62])
@pytest.mark.parametrize("purpose", ["answer", "again.7"])
def test_a_link_is_signed_as_django_signs(purpose, number):
    plain = Signer(sep=".", salt=f"todoku.link.{purpose}")

    for _twice in range(2):
        assert tokens.make(purpose, number) == plain.sign(str(number))


def test_links_that_are_out_survive_a_new_key(settings):
    token = tokens.make("answer", 42)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, just as long and just as secret as the first one"
    assert tokens.read("answer", token) == 42

    settings.SECRET_KEY_FALLBACKS = []
    assert tokens.read("answer", token) is None
