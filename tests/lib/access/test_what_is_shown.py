"""A page shows of each thing what its reader may see: columns, search, filters, fields, quotes."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from lib.admin_base import DeskAdmin
from reports.fixes import ship
from surveys.models import Customer, Invitation, Skip
from tests import make
from voc.models import Feedback, Theme

pytestmark = pytest.mark.django_db

NAME, EMAIL, WORDS = "Hanna Kowalski", "hanna@shop.example", "The parcel was crushed"


@pytest.fixture
def hanna(sato):
    """A customer with a row of every kind, and what staff made of her words."""
    customer = Customer.objects.create(name=NAME, email=EMAIL, language="en")
    response = make.response(3, WORDS, by=customer)
    make.response(9, by=customer)
    Skip.objects.create(
        customer=customer, wave=response.invitation.wave, reason=Skip.Reason.UNSUBSCRIBED
    )
    fix = make.fix(response.feedback, by=sato)
    ship.ship(fix, by=sato, now=response.answered_at)
    planned = make.fix(response.feedback, by=sato, we_did_en="New boxes")
    theme = Theme.objects.create(
        language="en", phrase="parcel", n=5, texts=9, n_before=1, texts_before=9, strength=7,
        examples=[[response.feedback.pk, 4, 10]],
        starts=response.answered_at, ends=response.answered_at,
    )  # fmt: skip
    return {
        "customer": customer,
        "response": response,
        "invitation": response.invitation,
        "skip": Skip.objects.get(),
        "feedback": response.feedback,
        "notice": fix.notices.get(),
        "fix": planned,
        "theme": theme,
        "survey": response.survey,
    }


def may(client, *codenames):
    person = User.objects.create_user("looker", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(person)
    return client


def addresses(rows):
    for row in rows.values():
        name = f"admin:{row._meta.label_lower.replace('.', '_')}"
        yield reverse(f"{name}_changelist") + "?pile=all"
        yield reverse(f"{name}_change", args=[row.pk])
        yield reverse(f"{name}_history", args=[row.pk])
    yield reverse("admin:reports_fix_ship_it", args=[rows["fix"].pk])
    yield "/admin/"
    yield "/reports/"


ALL_BUT_CUSTOMERS = [
    f"{what}_{model}"
    for what in ("view", "change")
    for model in ("response", "invitation", "skip", "feedback", "notice", "fix", "theme", "survey")
]


def test_whoever_may_not_see_customers_sees_none_of_them_anywhere(client, hanna):
    may(client, *ALL_BUT_CUSTOMERS, "delete_survey")
    del hanna["customer"]
    extra = [reverse("admin:surveys_survey_delete", args=[hanna["survey"].pk])]

    for address in [*addresses(hanna), *extra]:
        page = client.get(address, follow=True)
        assert page.status_code == 200, address
        text = page.content.decode()
        assert NAME not in text, address
        assert EMAIL not in text, address


def test_whoever_may_see_them_does(client, hanna):
    may(client, *ALL_BUT_CUSTOMERS, "view_customer")

    lists = ["response", "invitation", "skip", "notice"]
    for kind in lists:
        name = f"admin:{hanna[kind]._meta.label_lower.replace('.', '_')}_changelist"
        assert NAME in client.get(reverse(name)).content.decode(), kind
    pages = [*lists, "feedback", "fix"]
    for kind in set(pages) - {"fix"}:
        name = f"admin:{hanna[kind]._meta.label_lower.replace('.', '_')}_change"
        assert NAME in client.get(reverse(name, args=[hanna[kind].pk])).content.decode(), kind


@pytest.mark.parametrize("kind", ["response", "invitation", "skip", "notice"])
def test_nobody_searches_for_customers_they_may_not_see(client, hanna, kind):
    may(client, *ALL_BUT_CUSTOMERS)
    name = f"admin:{hanna[kind]._meta.label_lower.replace('.', '_')}_changelist"

    found = [
        len(client.get(reverse(name), {"q": words}).context["cl"].result_list)
        for words in ("hanna", "nobody-of-that-name")
    ]

    assert found[0] == found[1]


LOOKUPS = [
    "customer__email__startswith", "customer__email", "customer__name__contains", "customer",
    "customer__id__exact", "customer__exact", "customer__isnull", "invitation__customer__email",
    "response__customer__email__startswith", "feedback__customer__name", "wave__survey__name",
    "customer__unsubscribed_at__year", "owner__password__startswith", "by__password",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["response", "invitation", "skip", "feedback", "notice", "fix"])
def test_the_address_of_a_list_asks_nothing_of_customers(client, hanna, kind):
    may(client, *ALL_BUT_CUSTOMERS)
    name = f"admin:{hanna[kind]._meta.label_lower.replace('.', '_')}_changelist"
    quiet = reverse(name), {"pile": "all"}

    def seen(lookup, value):
        page = client.get(quiet[0], {**quiet[1], lookup: value}, follow=True)
        return page.status_code, len(page.context["cl"].result_list) if "cl" in page.context else 0

    for lookup in LOOKUPS:
        assert seen(lookup, EMAIL) == seen(lookup, "zzz"), lookup


def test_whoever_may_not_read_feedback_reads_no_words_elsewhere(client, hanna):
    may(client, "view_fix", "change_fix", "view_theme", "view_notice", "view_topic", "view_survey")

    for kind in ("fix", "theme", "notice"):
        name = f"admin:{hanna[kind]._meta.label_lower.replace('.', '_')}"
        pages = [reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[hanna[kind].pk])]
        for address in [*pages, reverse("admin:reports_fix_ship_it", args=[hanna["fix"].pk])]:
            assert "crushed" not in client.get(address).content.decode(), address


def test_an_item_tells_of_the_same_customers_scores_only_those_who_may_see_responses(client, hanna):
    may(client, "view_feedback", "view_customer")
    page = client.get(reverse("admin:voc_feedback_change", args=[hanna["feedback"].pk]))

    assert NAME in page.content.decode()
    assert page.context["others"] == []


def test_a_fieldset_of_which_nothing_is_left_has_no_heading(client, hanna):
    may(client, "view_fix")
    page = client.get(reverse("admin:reports_fix_change", args=[hanna["fix"].pk]))

    shown = [name for _heading, options in page.context["adminform"].fieldsets
             for name in options["fields"]]  # fmt: skip
    assert "asked_in" not in shown
    assert "notices" not in shown
    assert "told" not in shown


def test_the_report_leaves_out_feedback_and_fixes_of_who_may_not_see_them(client, hanna):
    may(client, "view_response")
    page = client.get("/reports/?period=all").content.decode()

    assert "It is fast" not in page


def test_every_list_of_the_desk_is_of_the_kind_that_follows_permissions():
    others = [
        model.__name__
        for model, desk in admin.site._registry.items()
        if not isinstance(desk, DeskAdmin)
    ]
    assert others == []


def test_a_row_is_named_without_its_customer(hanna):
    rows = [Invitation.objects.first(), Skip.objects.first(), hanna["notice"], hanna["response"]]

    assert all(NAME not in str(row) and EMAIL not in str(row) for row in rows)
    assert Feedback.objects.exists()
