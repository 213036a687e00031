"""Attributes are names with one value each; what no database keeps is refused with a sentence."""

import pytest
from django.core.exceptions import ValidationError

from surveys.customers import attributes
from surveys.models import Customer

GOLD = {"plan": "Gold", "店舗": "渋谷", "seats": 3, "share": 0.5, "since": None, "vip": True}
PARTS = {"plan": {"name": "Gold", "seats": [1, 2]}}  # as programs give them
REFUSED = [
    ["Gold"],
    "Gold",
    7,
    None,
    {"plan": {"name": {"of": {"the": {"plan": "Gold"}}}}},
    {"plans": ["Gold", float("nan")]},
    {"plan": {"seats": 10**5000}},
    {"plan": {"name": "\0"}},
    {"n": float("nan")},
    {"n": float("inf")},
    {"n": float("-inf")},
    {"n": 10**30},
    {"n": 10**5000},
    {"n": -(10**30)},
    {"a": "\0"},
    {"a": "\ud800"},
    {"\0": "a"},
    {"a" * 101: "b"},
    {"a": "b" * 1001},
    {str(n): n for n in range(201)},
]


@pytest.mark.parametrize("kept", [{}, GOLD, {"a" * 100: "b" * 1000}, {"n": 10**22}, PARTS])
def test_names_with_a_value_each_are_kept(kept):
    attributes.check(kept)


@pytest.mark.parametrize("refused", REFUSED, ids=range(len(REFUSED)))
def test_whichever_form_they_come_from_others_are_refused(refused, in_english):
    customer = Customer(email="hana@example.com", attributes=refused)

    with pytest.raises(ValidationError) as fault:
        customer.clean()

    sentence = fault.value.messages[0]
    assert sentence.encode()
    assert len(sentence) < 250
