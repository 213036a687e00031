"""Attributes of a customer on the desk: a field each; nothing is lost that nobody has touched."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission, User

from surveys.models import Customer
from tests import make
from tests.surveys.admin.admin_client import page_of

pytestmark = pytest.mark.django_db

EVERY_KIND = {
    "plan": "Gold",
    "since": "2021",
    "orders": 12,
    "spent": 1e22,
    "newsletter": True,
    "left": False,
    "phone": None,
    "note": "first line\nsecond line",
    "address": {"city": "星見市", "lines": ["1-2-3", None]},
    "visits": [1, 2],
    " odd name": "x",
    "": "nameless",
}


def customer(**attributes):
    made = make.customer()
    made.attributes = attributes
    made.save()
    return made


def fields_of(page):
    """The names and values that a browser would send, as the page has them."""
    form = page.content.decode()
    block = form[form.index("desk-attributes") : form.index("desk-soft")]
    found = re.findall(
        r'<input type="hidden" name="attributes-name" value="([^"]*)">\s*'
        r'(?:<input [^>]*value="([^"]*)">|<textarea[^>]*>\n([^<]*)</textarea>'
        r'|<select.*?(?:value="(\w+)" selected|</select>))',
        block,
        re.DOTALL,
    )
    return {name: "".join(values).replace("\n", "\r\n") for name, *values in found}


def look(desk, who):
    return desk.get(page_of("customer", "change", who.pk))


def save(desk, who, attributes):
    said = {
        "email": who.email,
        "language": who.language,
        "attributes-name": list(attributes),
        "attributes": list(attributes.values()),
    }
    page = desk.post(page_of("customer", "change", who.pk), said)
    who.refresh_from_db()
    return page


def faults(page):
    return page.context["adminform"].form.errors["attributes"]


def test_saving_what_the_page_shows_changes_nothing_of_any_kind(desk):
    who = customer(**EVERY_KIND)

    shown = fields_of(look(desk, who))
    save(desk, who, shown)

    assert who.attributes == EVERY_KIND
    assert {"plan", "orders", "newsletter", "note"} <= shown.keys()
    assert not {"address", "visits", " odd name", ""} & shown.keys()


def test_what_has_parts_is_shown_in_words_and_never_as_json(desk):
    page = look(desk, customer(**EVERY_KIND)).content.decode()

    assert "<dt>city</dt><dd>星見市</dd>" in page
    assert "{&quot;" not in page
    assert "{&#x27;" not in page


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("plan", "Silver", "Silver"),
        ("since", "2022", "2022"),
        ("orders", "13", 13),
        ("orders", "１４", 14),
        ("orders", "1.5", 1.5),
        ("orders", "-3", -3),
        ("newsletter", "false", False),
        ("left", "true", True),
        ("phone", "03", "03"),
    ],
)
def test_a_value_keeps_its_type(desk, name, typed, kept):
    who = customer(**EVERY_KIND)

    save(desk, who, {**fields_of(look(desk, who)), name: typed})

    assert who.attributes == {**EVERY_KIND, name: kept}
    assert type(who.attributes[name]) is type(kept)


def test_an_emptied_field_takes_its_attribute_away(desk):
    who = customer(plan="Gold", orders=12)

    save(desk, who, {"plan": " ", "orders": "12"})

    assert who.attributes == {"orders": 12}


def test_a_further_attribute_has_its_own_row_and_is_a_text(desk):
    who = customer(plan="Gold")

    save(desk, who, {"plan": "Gold", " 店舗 ": "0012 🥇", "": ""})

    assert who.attributes == {"plan": "Gold", "店舗": "0012 🥇"}


def test_attributes_that_others_have_are_offered_and_keep_their_type(desk):
    customer(orders=3, member=True, address={"city": "x"})
    who = customer()

    assert fields_of(look(desk, who)) == {"member": "", "orders": ""}
    save(desk, who, {"member": "true", "orders": "5"})

    assert who.attributes == {"member": True, "orders": 5}


@pytest.mark.parametrize(
    ("name", "typed", "fault"),
    [
        ("orders", "twelve", "“orders” is a number, such as 12 or 3.5, of 15 digits at most."),
        ("orders", "1,200", "“orders” is a number, such as 12 or 3.5, of 15 digits at most."),
        ("orders", "NaN", "“orders” is a number, such as 12 or 3.5, of 15 digits at most."),
        ("orders", "1e400", "“orders” is a number, such as 12 or 3.5, of 15 digits at most."),
        ("orders", "9" * 5000, "“orders” is a number, such as 12 or 3.5, of 15 digits at most."),
        ("", "Gold", "Please give “Gold” a name."),
        (" orders ", "1", "“orders” stands here twice. Please give each attribute once."),
        ("plan", "\0", "“plan” holds a character that cannot be kept. Please type it anew."),
    ],
)
def test_a_fault_is_told_in_a_sentence_and_what_was_typed_stays(desk, name, typed, fault):
    who = customer(orders=12)

    page = save(desk, who, {"orders": "12", name: typed})

    assert faults(page) == [fault]
    assert who.attributes == {"orders": 12}
    assert typed.replace("\0", "") in page.content.decode()


def test_whoever_may_only_look_reads_names_and_values(client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_customer"))
    client.force_login(viewer)

    page = look(client, customer(plan="Gold", orders=12)).content.decode()

    assert "<dt>plan</dt><dd>Gold</dd>" in page
    assert "<dt>orders</dt><dd>12</dd>" in page


def test_the_page_asks_once_for_the_attributes_there_are(desk, django_assert_num_queries):
    who = customer(**EVERY_KIND)
    look(desk, who)

    with django_assert_num_queries(11):
        look(desk, who)
    for _more in range(3):
        customer(plan="Gold", more=1)
    with django_assert_num_queries(11):
        look(desk, who)


def test_forms_without_attributes_leave_them_alone(desk):
    who = customer(**EVERY_KIND)

    save(desk, who, {})

    assert who.attributes == EVERY_KIND
    assert Customer.objects.count() == 1


def test_the_list_calls_customers_by_their_names_and_else_by_their_address(desk):
    make.customer(name="山田 花子")
    nameless = make.customer()

    page = desk.get(page_of("customer")).content.decode()

    assert ">山田 花子</a>" in page
    assert f">{nameless.email}</a>" in page
