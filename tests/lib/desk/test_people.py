"""People who work here are called by their names, family name first where it is written so."""

import pytest
from django.contrib.auth.models import User

from lib.desk.people import name_of


@pytest.mark.parametrize(
    ("family", "given", "name"),
    [
        ("森", "真理子", "森 真理子"),
        ("モリ", "Mari", "モリ Mari"),
        ("Clark", "Emma", "Emma Clark"),
        ("小林 彩", "", "小林 彩"),
        (" ", "Emma ", "Emma"),
        ("", "", "mariko"),
    ],
)
def test_the_name_as_it_is_said(family, given, name):
    user = User(username="mariko", last_name=family, first_name=given)

    assert name_of(user) == str(user) == name
    assert user.get_full_name() == ("" if name == "mariko" else name)
